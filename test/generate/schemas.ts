// Writes packages/checks/src/schemas/generated. Needs Go.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FOLDER, generatedFiles } from './schemas/generated.ts';

const files = generatedFiles();
if ('missing' in files) throw new Error(`cannot generate: ${files.missing}`);
mkdirSync(FOLDER, { recursive: true });
for (const [name, text] of files) writeFileSync(join(FOLDER, name), text);

// Writes packages/core/src/kubernetes/structure.generated.ts. Needs Go and ../shared/crds.
import { writeFileSync } from 'node:fs';
import { GENERATED, structureSource } from './kubernetes/structure.ts';

const source = structureSource();
if ('missing' in source) throw new Error(`cannot generate: ${source.missing}`);
writeFileSync(GENERATED, source.text);

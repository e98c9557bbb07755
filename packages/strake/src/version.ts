import { createRequire } from 'node:module';

const manifest: { readonly version: string } = createRequire(import.meta.url)('../package.json');

/** Version of the installed command. */
export const VERSION = manifest.version;

// Renders the shopping cart into a fresh folder, and shows the tree and one file of it.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const strake = join(root, 'packages/strake/bin/strake.js');
const out = mkdtempSync(join(tmpdir(), 'strake-demo-'));
const shown = 'environments/production/cart/deployment-web.yaml';

const say = (text = '') => process.stdout.write(`${text}\n`);
const tree = (folder, indent) => {
  for (const entry of readdirSync(folder, { withFileTypes: true }).toSorted((a, b) =>
    a.name < b.name ? -1 : 1,
  )) {
    say(`${indent}${entry.name}${entry.isDirectory() ? '/' : ''}`);
    if (entry.isDirectory()) tree(join(folder, entry.name), `${indent}  `);
  }
};

try {
  say('$ cd examples/cart && npx strake synth\n');
  execFileSync(process.execPath, [strake, 'synth', '--out', out], {
    cwd: join(root, 'examples/cart'),
    stdio: 'inherit',
  });
  say('\nThe GitOps repository:\n');
  tree(out, '  ');
  say(`\n${shown}:\n`);
  say(readFileSync(join(out, shown), 'utf8'));
} finally {
  rmSync(out, { recursive: true, force: true });
}

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { write, type Plan } from '@strake/gitops';
import * as fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { planOf } from './plans.ts';
import { printCounts, times } from './soak.ts';

const PATH = 'environments/production/cart/deployment-web.yaml';
const MARKER = '# {"$imagepolicy": "flux-system:cart"}';
const MARKED = (image: string) => `        - image: ${image} ${MARKER}`;
const LINES = [
  'apiVersion: apps/v1',
  'kind: Deployment',
  'metadata:',
  '  name: web',
  'spec:',
  '  replicas: 2',
  '  template:',
  '    spec:',
  '      containers:',
  MARKED('ghcr.io/acme/cart:1.4.2'),
  '          args:',
  '            - --image=ghcr.io/acme/other:1.0.0',
  '        - image: ghcr.io/acme/sidecar:1.0.0',
  '          name: sidecar',
];
const AT = LINES.findIndex((line) => line.includes(MARKER));

const textOf = (lines: readonly string[]) => `${lines.join('\n')}\n`;

function wanted(lines: readonly string[]): Plan {
  const plan = planOf('cart', { 'production/cart/': '' });
  const file = { path: PATH, environment: 'production', application: 'cart', contents: textOf(lines) };
  return {
    ...plan,
    files: [file, ...plan.files].toSorted((left, right) => (left.path < right.path ? -1 : 1)),
  };
}

function inRepository(use: (repository: string) => void): void {
  const repository = mkdtempSync(join(tmpdir(), 'strake-laws-'));
  onTestFinished(() => rmSync(repository, { recursive: true, force: true }));
  write(wanted(LINES), repository);
  use(repository);
}

const NEXT = wanted(LINES.map((line) => line.replace('replicas: 2', 'replicas: 3')));
const image = fc
  .tuple(
    fc.stringMatching(/^[a-z0-9]{1,8}(\.[a-z0-9]{1,5}(:[0-9]{2,4})?\/[a-z0-9]{1,8})?$/),
    fc.stringMatching(/^(:[A-Za-z0-9][A-Za-z0-9._-]{0,20})?(@sha256:[0-9a-f]{64})?$/),
  )
  .map((parts) => parts.join(''));

test('whatever image a bot sets at a marker is no hand edit', () => {
  const runs = times(200, 5000);
  inRepository((repository) => {
    fc.assert(
      fc.property(image, fc.constantFrom('\n', '\r\n'), fc.constantFrom('', '"'), (set, end, quote) => {
        write(wanted(LINES), repository, { force: true });
        const lines = LINES.with(AT, MARKED(`${quote}${set}${quote}`));
        writeFileSync(join(repository, PATH), textOf(lines).replaceAll('\n', end));
        expect(write(NEXT, repository).findings).toEqual([]);
        expect(readFileSync(join(repository, PATH), 'utf8')).toBe(
          NEXT.files.find(({ path }) => path === PATH)?.contents,
        );
      }),
      { seed: 20251122, numRuns: runs },
    );
  });
  printCounts('edits of a bot', { edits: runs });
});

/** One change that a hand may make: a line changed, added, removed or moved, or a byte. */
const edit = fc.oneof(
  fc.record({ at: fc.nat(LINES.length - 1), by: fc.stringMatching(/^[a-z0-9 :#-]{1,10}$/) }).map(
    ({ at, by }) =>
      (lines: string[]) =>
        lines.with(at, `${lines[at]}${by}`),
  ),
  fc.nat(LINES.length - 1).map((at) => (lines: string[]) => lines.toSpliced(at, 1)),
  fc.nat(LINES.length).map((at) => (lines: string[]) => lines.toSpliced(at, 0, '# a note')),
  fc.nat(LINES.length - 1).map((at) => (lines: string[]) => lines.with(at, ` ${lines[at]}`)),
  fc.constant((lines: string[]) => lines.with(AT, lines[AT]?.replace('image:', 'command:') ?? '')),
  fc.constant((lines: string[]) => lines.with(AT, lines[AT]?.replace(MARKER, '') ?? '')),
  fc.constant((lines: string[]) =>
    lines.with(AT, lines[AT]?.replace('flux-system:cart', 'flux-system:other') ?? ''),
  ),
  fc.constant((lines: string[]) => lines.map((line) => line.replace('sidecar:1.0.0', 'sidecar:2.0.0'))),
  fc.constant((lines: string[]) => lines.map((line) => line.replace('other:1.0.0', `other:2.0.0 ${MARKER}`))),
);

test('whatever a hand changes beside a marked scalar is refused, named, and overwritten only when forced', () => {
  const runs = times(200, 5000);
  inRepository((repository) => {
    fc.assert(
      fc.property(edit, image, (change, set) => {
        write(wanted(LINES), repository, { force: true });
        const bot = LINES.with(AT, MARKED(set));
        const edited = textOf(change([...bot]));
        fc.pre(edited !== textOf(bot));
        writeFileSync(join(repository, PATH), edited);
        const { findings } = write(NEXT, repository);
        expect(findings).toMatchObject([{ code: 'file-edited', severity: 'error', path: PATH }]);
        expect(readFileSync(join(repository, PATH), 'utf8')).toBe(edited);
        expect(write(NEXT, repository, { force: true }).findings).toMatchObject([
          { code: 'file-edited', severity: 'warning' },
        ]);
        expect(write(NEXT, repository)).toMatchObject({ findings: [], inventory: 'unchanged' });
      }),
      { seed: 20251122, numRuns: runs },
    );
  });
  printCounts('edits by hand', { edits: runs });
});

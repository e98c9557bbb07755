import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { EMPTY_INVENTORY, formatInventory } from './inventory.ts';
import { plan, type Plan } from './plan.ts';
import { openRepository, type RepositoryFolder } from './repository.ts';
import { thisProcess } from './running-process.ts';
import { write, writeTo } from './write.ts';

/** As the process that is cut off: this one at another time, which has died. */
const DEAD = { ...thisProcess(), id: 2 ** 22 + 1 };

class Killed extends Error {}

/** Dies before step `after`; a file that it is creating then has half of its contents. */
function cutOff(
  directory: string,
  after: number,
): { readonly repository: RepositoryFolder; steps(): number } {
  const real = openRepository(directory);
  let steps = 0;
  const step = () => {
    if (steps++ >= after) throw new Killed();
  };
  const repository: RepositoryFolder = {
    ...real,
    create(file, contents) {
      if (steps === after) real.create(file, contents.slice(0, contents.length / 2));
      step();
      real.create(file, contents);
    },
    rename: (from, to) => (step(), real.rename(from, to)),
    remove: (file) => (step(), real.remove(file)),
    removeFolder: (folder) => (step(), real.removeFolder(folder)),
  };
  return { repository, steps: () => steps };
}

function attempt(directory: string, wanted: Plan, after: number): number {
  const { repository, steps } = cutOff(directory, after);
  try {
    expect(writeTo(repository, wanted, {}, { holder: DEAD }).findings).toEqual([]);
  } catch (error) {
    if (!(error instanceof Killed)) throw error;
  }
  return steps();
}

/** Texts of config maps, by application and name, in one environment. */
type Texts = Readonly<Record<string, Readonly<Record<string, string>>>>;

function planned(texts: Texts, whole = true): Plan {
  const environment = {
    name: 'production',
    tier: 'production',
    cluster: 'eu',
    kubernetes: '1.34',
    namespaceOf: (each: string) => each,
  };
  const rendered = Object.entries(texts).map(([application, maps]) => ({
    environment,
    application,
    namespace: application,
    manifests: Object.entries(maps).map(([name, text]) => ({
      object: {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name, namespace: name === 'away' ? 'other' : application },
        data: { text },
      },
      delegations: [],
    })),
  }));
  return plan('cart', rendered, { whole });
}

function contentsOf(directory: string): Record<string, string> {
  const entries = readdirSync(directory, { recursive: true, withFileTypes: true }).map((entry) => {
    const path = join(entry.parentPath, entry.name);
    return [
      path.slice(directory.length + 1),
      entry.isFile() ? readFileSync(path, 'utf8') : 'a folder',
    ] as const;
  });
  return Object.fromEntries(entries.toSorted(([left], [right]) => (left < right ? -1 : 1)));
}

function inFolder<Result>(use: (directory: string) => Result): Result {
  const directory = mkdtempSync(join(tmpdir(), 'strake-cut-off-'));
  try {
    return use(directory);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function written(...plans: readonly Plan[]): Record<string, string> {
  return inFolder((directory) => {
    for (const each of plans) expect(write(each, directory).findings).toEqual([]);
    return contentsOf(directory);
  });
}

const FIRST = planned({ cart: { web: '1', db: '1', away: '1' }, gone: { web: '1' } });
const SECOND = planned({ cart: { web: '2', api: '1' }, shop: { web: '1' } });

test('heals after every step at which a write can be cut off', () => {
  const clean = written(FIRST, SECOND);
  const total = inFolder((directory) => (write(FIRST, directory), attempt(directory, SECOND, Infinity)));
  expect(total).toBeGreaterThan(15);
  for (let after = 0; after < total; after++) {
    inFolder((directory) => {
      write(FIRST, directory);
      attempt(directory, SECOND, after);
      expect(write(SECOND, directory).findings, `after ${after} steps`).toEqual([]);
      expect(contentsOf(directory), `after ${after} steps`).toEqual(clean);
    });
    inFolder((directory) => {
      write(FIRST, directory);
      attempt(directory, SECOND, after);
      expect(write(FIRST, directory).findings, `back after ${after} steps`).toEqual([]);
      expect(contentsOf(directory), `back after ${after} steps`).toEqual(written(FIRST));
    });
  }
});

test('still finds a hand edit after a write that was cut off', () => {
  inFolder((directory) => {
    write(FIRST, directory);
    attempt(directory, SECOND, 6);
    const path = join(directory, 'environments/production/cart/configmap-web.yaml');
    writeFileSync(path, 'by hand');
    expect(write(SECOND, directory).findings).toMatchObject([{ code: 'file-edited' }]);
  });
});

const texts: fc.Arbitrary<Texts> = fc.dictionary(
  fc.constantFrom('cart', 'shop', 'gone'),
  fc.dictionary(fc.constantFrom('web', 'db', 'away'), fc.constantFrom('1', '2', '3'), {
    noNullPrototype: true,
  }),
  { noNullPrototype: true },
);
const NOTHING = formatInventory('cart', EMPTY_INVENTORY);
const attempts = fc.array(fc.tuple(texts, fc.boolean(), fc.nat(25)), { maxLength: 6 });

test('heals after any number of different writes that were cut off, whole or partial', () => {
  fc.assert(
    fc.property(attempts, texts, (all, last) => {
      inFolder((directory) => {
        for (const [each, whole, after] of all) attempt(directory, planned(each, whole), after);
        expect(write(planned(last), directory).findings).toEqual([]);
        // An inventory that lists nothing may stay, and so may the two folders that no project owns.
        const { ['.strake']: _strake, environments: _environments, ...healed } = contentsOf(directory);
        const {
          ['.strake']: _cleanStrake,
          environments: _cleanEnvironments,
          ...clean
        } = written(planned(last));
        expect({ '.strake/cart.json': NOTHING, ...healed }).toEqual({
          '.strake/cart.json': NOTHING,
          ...clean,
        });
        const before = contentsOf(directory);
        write(planned(last), directory);
        expect(contentsOf(directory)).toEqual(before);
      });
    }),
    { seed: 20251122, numRuns: 120 },
  );
});

import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { deliver, type Plan } from '@strake/gitops';
import { expect, test } from 'vitest';
import { ROOT } from '../files.ts';
import { gitRemote, type GitRemote } from '../git-remote.ts';
import { serveGit } from '../git-server.ts';
import { inFolder } from './folders.ts';
import { planOf } from './plans.ts';
import { printCounts, randomNumbers, times } from './soak.ts';
import { storePlans } from './writer-process.ts';

const SCRIPT = join(ROOT, 'test', 'laws', 'children', 'deliverer.js');
const LONG = 'a line of a long file, so that there is something to push\n'.repeat(2000);

function planned(letter: string, from: number): Plan {
  const maps = ['production', 'staging'].flatMap((environment) =>
    Array.from({ length: 20 }, (_, index) => [`${environment}/cart/map-${from + index}`, letter] as const),
  );
  return planOf('cart', { ...Object.fromEntries(maps), 'production/cart/long': `${letter}\n${LONG}` });
}

/** A deliverer in a process group of its own, which can be killed with all that it has started. */
async function startDeliverer(words: readonly string[], variables: NodeJS.ProcessEnv): Promise<ChildProcess> {
  const child = fork(SCRIPT, words, {
    execArgv: [],
    detached: true,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    cwd: ROOT,
    env: variables,
  });
  await once(child, 'message');
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit');
  if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  await gone;
}

/** The files of a plan that are there with other bytes, or not at all; none when the plan is there as a whole. */
function differences(remote: GitRemote, plan: Plan): string[] {
  const ids = remote.git('ls-tree', '-r', 'main', 'environments').split('\n');
  const there = new Map(
    ids.map((line) => [line.slice(line.indexOf('\t') + 1), line.split(' ')[2]?.slice(0, 40)]),
  );
  const wanted = plan.files.map(({ path }) => path);
  const strays = [...there.keys()].filter((path) => !wanted.includes(path));
  const other = plan.files.filter(({ path, contents }) => !there.has(path) || remote.text(path) !== contents);
  return [...strays, ...other.map(({ path }) => path)];
}

const timeout = times(300_000, 3_600_000);

test(
  'a deliverer that is killed at any instant leaves the repository whole, and the next run succeeds',
  { timeout },
  async () => {
    await inFolder(async (outer) => {
      const remote = gitRemote(outer);
      const server = await serveGit(outer);
      const repository = `${server.url}/remote.git`;
      const plans = [planned('A', 0), planned('B', 7)] as const;
      const file = storePlans(outer, plans);
      const variables = { ...remote.variables, TMPDIR: outer };
      const random = randomNumbers(20251122);
      const kills = times(10, 200);
      const counts = { first: 0, second: 0, nothing: 0, moved: 0 };
      let tip = remote.git('rev-parse', 'main');
      let took = 600;
      for (let count = 0; count < kills; count++) {
        const complaints: unknown[] = [];
        const child = await startDeliverer([file, repository], variables);
        child.on('message', (message) => complaints.push(message));
        // On a machine that is busy a delivery takes longer.
        await sleep(random() * 2.5 * took);
        await kill(child);
        await server.idle();
        expect(complaints).toEqual([]);
        remote.git('fsck', '--strict', '--connectivity-only');
        const now = remote.git('rev-parse', 'main');
        counts.moved += now === tip ? 0 : 1;
        const isEmpty = !remote.files().some((path) => path.startsWith('environments/'));
        const isFirst = !isEmpty && differences(remote, plans[0]).length === 0;
        if (isEmpty) counts.nothing++;
        else if (isFirst) counts.first++;
        else {
          expect(differences(remote, plans[1])).toEqual([]);
          counts.second++;
        }
        const started = performance.now();
        const { findings } = await deliver(plans[count % 2 === 0 ? 0 : 1], {
          repository,
          variables: remote.variables,
        });
        took = performance.now() - started;
        expect(findings).toEqual([]);
        expect(differences(remote, plans[count % 2 === 0 ? 0 : 1])).toEqual([]);
        tip = remote.git('rev-parse', 'main');
      }
      expect(remote.files()).toContain('README.md');
      expect(remote.git('rev-list', '--merges', '--count', 'main')).toBe('0');
      remote.git('fsck', '--strict');
      await server.close();
      printCounts('killed deliverers', {
        kills,
        'after a push': counts.moved,
        'with the first plan': counts.first,
        'with the second': counts.second,
        'with none': counts.nothing,
      });
      expect(counts.moved, 'a kill that meets no delivery proves nothing').toBeGreaterThan(kills / 5);
    });
  },
);

import { deliver } from '@strake/gitops';
import { expect, test } from 'vitest';
import { gitRemote } from '../git-remote.ts';
import { serveGit } from '../git-server.ts';
import { inFolder } from './folders.ts';
import { bytesOf, planOf } from './plans.ts';
import { printCounts, SOAK } from './soak.ts';

const DELIVERERS = 30;

test.each(SOAK ? ['file', 'http'] : ['http'])(
  '30 deliverers at once over %s: 30 commits, none lost',
  { timeout: 300_000 },
  async (protocol) => {
    await inFolder(async (outer) => {
      const remote = gitRemote(outer);
      const server = await serveGit(outer);
      const repository = protocol === 'file' ? remote.url : `${server.url}/remote.git`;
      const plans = Array.from({ length: DELIVERERS }, (_, index) =>
        planOf(`project-${index}`, { [`production/application-${index}/map`]: `text ${index}` }),
      );
      let fetches = 0;
      const onProgress = (step: string) => void (fetches += step.startsWith('fetching') ? 1 : 0);
      const results = await Promise.all(
        plans.map((plan) => deliver(plan, { repository, variables: remote.variables, onProgress })),
      );
      await server.close();
      expect(results.flatMap(({ findings }) => findings)).toEqual([]);
      const subjects = remote.git('log', '--format=%s', 'main').split('\n');
      expect(subjects.toSorted()).toEqual(
        [...plans.map(({ project }) => `Deliver ${project} to production`), 'byhand'].toSorted(),
      );
      expect(remote.git('rev-list', '--merges', '--count', 'main')).toBe('0');
      for (const [path, bytes] of plans.flatMap((plan) => [...bytesOf(plan)]))
        expect(remote.text(path)).toBe(bytes.toString());
      expect(remote.files()).toHaveLength(DELIVERERS * 3 + 1);
      const again = await Promise.all(
        plans
          .slice(0, 5)
          .map((plan) => deliver(plan, { repository: remote.url, variables: remote.variables })),
      );
      expect(again.flatMap(({ environments }) => environments.map(({ outcome }) => outcome))).toEqual(
        Array.from({ length: 5 }, () => 'unchanged'),
      );
      printCounts(`concurrent deliverers over ${protocol}`, {
        deliverers: DELIVERERS,
        'tries in all': fetches,
      });
    });
  },
);

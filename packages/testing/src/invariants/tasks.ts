import type { Manifest } from '@strake/core';
import { pathText } from '@strake/core/tools';
import type { Invariant } from '../invariant.ts';
import { mapsAt, textAt } from '../json-at.ts';

/** What runs to its end can come to its end. */
export const taskEnds: Invariant = {
  name: 'task-ends',
  summary:
    'No trait or scope adds an ordinary container to the pods of a Job: it would keep the Job from ending.',
  check(model, report) {
    for (const { workload, spec, template, namespace } of model.pods) {
      if (workload.kind !== 'Job' && workload.kind !== 'CronJob') continue;
      const names = mapsAt(spec, 'containers').map((each) => textAt(each, 'name') ?? '');
      const at = model.find(workload.kind, workload.metadata.name, namespace);
      if (at === undefined || names.length < 2) continue;
      const path = `${template}.spec.containers`;
      for (const name of names) {
        if (isOfComponent(at.manifest, [...path.split('.'), name, 'name'])) continue;
        report({ at, path, written: `\`${name}\` is added, and runs on when the task has ended` });
      }
    }
  },
};

/** Whether the component layer wrote what stands at a place. */
function isOfComponent(manifest: Manifest | undefined, steps: readonly string[]): boolean {
  const wanted = pathText(steps);
  const leaf = manifest?.history?.().find(({ path }) => path === wanted);
  return leaf === undefined || leaf.writes.some(({ writer }) => writer.layer === 'component');
}

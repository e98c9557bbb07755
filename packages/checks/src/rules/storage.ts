import { missingReferenceRule } from './missing-reference.ts';
import { textAt } from './reading.ts';

/** Every volume that a claim asks for by name is made. */
export const noMissingPv = missingReferenceRule({
  package: '@strake/checks',
  code: 'no-missing-pv',
  kind: 'PersistentVolume',
  summary: 'volumes that an application of the cluster makes',
  why: 'The claim is not bound until the volume exists, and its pods do not start.',
  fix: 'Correct the name, or leave it out so that a volume is provisioned.',
  severity: 'warning',
  *references(target) {
    for (const at of target.of('PersistentVolumeClaim')) {
      const name = textAt(at, 'spec', 'volumeName');
      if (name !== undefined) yield { at, name };
    }
  },
});

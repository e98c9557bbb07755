import type { TraitContext } from '@strake/core';
import type { UpdateFields } from './update-fields.ts';

interface Given {
  readonly type?: string;
  readonly [property: string]: string | number | undefined;
}

/** What of the properties a kind of workload does not have. */
export function updateProblem(
  fields: UpdateFields | undefined,
  kind: string,
  { type = 'RollingUpdate', ...given }: Given,
): Parameters<TraitContext['report']>[0] | undefined {
  if (fields === undefined) {
    return {
      code: 'trait-misplaced',
      written: `\`updateStrategy\` on a ${kind}`,
      allowed: 'workloads that replace their pods: Deployments, StatefulSets and DaemonSets',
      fix: 'Detach `updateStrategy`.',
    };
  }
  if (!fields.types.includes(type)) {
    return {
      code: 'property-invalid',
      written: `\`type\` of \`updateStrategy\` is \`${type}\` on a ${kind}`,
      allowed: fields.types.map((each) => `\`${each}\``).join(' or '),
      fix: 'Correct `type`.',
    };
  }
  const known = type === 'RollingUpdate' ? [...fields.rollingUpdate, ...fields.spec] : fields.spec;
  const stray = Object.keys(given).find((name) => given[name] !== undefined && !known.includes(name));
  if (stray === undefined) return undefined;
  return {
    code: 'property-invalid',
    written: `\`${stray}\` of \`updateStrategy\` on a ${kind} whose type is \`${type}\``,
    allowed: known.map((each) => `\`${each}\``).join(', '),
    fix: `Remove \`${stray}\`.`,
  };
}

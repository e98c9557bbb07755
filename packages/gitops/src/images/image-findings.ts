import {
  finding,
  type Finding,
  type FindingInput,
  type LockedApplication,
  type UsedImage,
} from '@strake/core';
import { isWithinPolicy } from './choose-tag.ts';
import { imageLockPath } from './lock-path.ts';
import { parseRange } from './semver-range.ts';

/** What is wrong with the policies of an application's images, and with what the lock has beside them. */
export function imageFindings({ environment, application, images }: LockedApplication): readonly Finding[] {
  const path = imageLockPath(environment.name, application);
  return images.flatMap((used) => {
    const problem = policyProblem(used, application) ?? tagProblem(used, path, environment.name);
    return problem === undefined ? [] : [{ ...finding(problem), environments: [environment.name] }];
  });
}

function policyProblem({ reference }: UsedImage, path: string): FindingInput | undefined {
  const { name, policy } = reference;
  if (typeof policy === 'string' || !('semver' in policy)) return undefined;
  if (parseRange(policy.semver.range) !== undefined) return undefined;
  return {
    code: 'image-policy-invalid',
    path,
    written: `the range \`${policy.semver.range}\` for \`${name}\``,
    allowed: 'a range such as `1.x`, `~1.4` or `>=1.2.0 <2.0.0`, as Flux reads it',
    fix: 'Correct `policy.semver.range`.',
  };
}

/** A person may have put the tag there on purpose, say to go back; a bot would undo it. */
function tagProblem(
  { reference, locked }: UsedImage,
  path: string,
  environment: string,
): FindingInput | undefined {
  if (locked === undefined || isWithinPolicy(reference, locked.newTag)) return undefined;
  return {
    code: 'image-outside-policy',
    severity: 'warning',
    path,
    written: `\`${locked.newTag}\` for \`${locked.name}\`, which ${policyText(reference.policy)} does not choose from`,
    allowed: 'a tag that the policy could choose; a bot would replace any other',
    fix: `Widen the policy, or run \`strake images update --env ${environment}\`.`,
  };
}

/** A policy in few words, for people. */
export function policyText(policy: UsedImage['reference']['policy']): string {
  if (typeof policy === 'string') return policy;
  if ('semver' in policy) return policy.semver.range;
  if ('digest' in policy) return `digest of ${policy.digest.tag}`;
  const [name, order] =
    'numerical' in policy
      ? ['numerical', policy.numerical.order]
      : ['alphabetical', policy.alphabetical.order];
  return order === 'desc' ? `${name} desc` : name;
}

import type { TraitContext } from '@strake/core';
import type { Amounts } from '../container-resources.ts';
import { unrequested } from '../utilization.ts';
import type { ScaledObjectProperties } from './scaled-object-properties.ts';
import { isByUse } from './triggers.ts';

type Problem = Parameters<TraitContext['report']>[0];

const KNOWN = new Set(
  'aws-sqs-queue azure-servicebus cpu cron kafka memory postgresql prometheus rabbitmq redis'.split(' '),
);

/** What KEDA would refuse of a ScaledObject, or could not do. */
export function scalingProblems(
  { triggers = [], otherTriggers = [], fallback, maxReplicaCount: most }: ScaledObjectProperties,
  least: number,
  requests: Amounts,
): Problem[] {
  const all = [...triggers, ...otherTriggers];
  const byUse = triggers.filter(isByUse);
  const measured = byUse.filter(({ metricType }) => metricType === 'Utilization');
  const named = all.flatMap(({ name }) => (name === undefined ? [] : [name]));
  const repeated = named.find((name, index) => named.indexOf(name) !== index);
  const typed = otherTriggers.find(({ type }) => KNOWN.has(type));
  return [
    ...unrequested(Object.fromEntries(measured.map(({ type }) => [type, 100])), requests, 'scaledObject'),
    ...(least === 0 && byUse.length === all.length ? [withoutPods] : []),
    ...(least > most
      ? [wrong(`\`minReplicaCount\` is ${least}`, `at most \`maxReplicaCount\`, which is ${most}`)]
      : []),
    ...(fallback !== undefined && byUse.length === all.length ? [withoutFallback] : []),
    ...(repeated === undefined
      ? []
      : [wrong(`two triggers are named \`${repeated}\``, 'a name for one trigger only')]),
    ...(typed === undefined
      ? []
      : [
          wrong(
            `\`otherTriggers\` has a trigger of the type \`${typed.type}\``,
            'types that `triggers` does not have',
          ),
        ]),
  ];
}

function wrong(written: string, allowed: string): Problem {
  return {
    code: 'property-invalid',
    written: `${written} in \`scaledObject\``,
    allowed,
    fix: 'Correct the properties of `scaledObject`.',
  };
}

const withoutPods = wrong(
  '`minReplicaCount` is 0 beside triggers by use alone',
  'at least 1: without pods there is no use that could call the first one',
);
const withoutFallback = wrong(
  '`fallback` stands beside triggers by use alone',
  'a trigger that is no `cpu` and no `memory`: KEDA falls back for no others',
);

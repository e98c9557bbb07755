import {
  Pods,
  type ApplicationScopeContext,
  type Component,
  type JsonObject,
  type Severity,
} from '@strake/core';
import {
  podAmounts,
  silentContainers,
  sum,
  times,
  type Amounts,
  type ContainerDefaults,
} from './pod-amounts.ts';
import { podCount } from './pod-counts.ts';
import { nanosOf, nanosText, type Quantity } from './quantity.ts';
import { writtenPods } from './written-pods.ts';

/** Short names of a quota, and what they stand for (kubernetes.io, Resource Quotas). */
const ALIASES: Readonly<Record<string, string>> = {
  cpu: 'requests.cpu',
  memory: 'requests.memory',
  'ephemeral-storage': 'requests.ephemeral-storage',
};

/** Resources that every container must name once a quota limits them. */
const COMPUTE = /^(requests|limits)\.(cpu|memory)$/;

/** Reports pods that a quota would refuse. */
export function checkQuota(
  context: ApplicationScopeContext,
  hard: Readonly<Record<string, Quantity>>,
  defaults: ContainerDefaults,
): void {
  let steady: Amounts = new Map();
  let rolling: Amounts = new Map();
  const objects = context.objects();
  for (const component of context.components) {
    const spec = writtenPods(component, context)?.spec;
    const workload = objects.find((object) => isWorkloadOf(component, object));
    if (spec === undefined || workload === undefined) continue;
    reportSilence(component, { spec, hard, defaults }, context);
    const pod = podAmounts(spec, defaults);
    const count = podCount(workload, objects);
    steady = sum(steady, times(pod, count.steady));
    rolling = sum(rolling, times(pod, count.rolling));
  }
  for (const [name, amount] of Object.entries(hard)) {
    const [resource, limit] = [ALIASES[name] ?? name, nanosOf(amount) ?? 0n];
    const most = { steady: steady.get(resource) ?? 0n, rolling: rolling.get(resource) ?? 0n };
    if (most.steady > limit) exceed({ name, amount, asked: most.steady, when: 'at most' }, 'error', context);
    else if (most.rolling > limit)
      exceed({ name, amount, asked: most.rolling, when: 'while it is rolled out' }, 'warning', context);
  }
}

function isWorkloadOf(component: Component, { kind, metadata: { name } }: ApplicationObject): boolean {
  const workload = Pods.tryOf(component)?.workload;
  return workload?.kind === kind && workload.name === name;
}

type ApplicationObject = ReturnType<ApplicationScopeContext['objects']>[number];

interface Excess {
  readonly name: string;
  readonly amount: Quantity;
  readonly asked: bigint;
  readonly when: string;
}

function exceed(
  { name, amount, asked, when }: Excess,
  severity: Severity,
  { application, namespace, report }: ApplicationScopeContext,
): void {
  report({
    code: 'quota-exceeded',
    severity,
    path: application,
    written: `its pods ask for \`${name}: ${nanosText(asked)}\` ${when}`,
    allowed: `\`${name}: ${amount}\` in the namespace \`${namespace}\``,
    fix: 'Ask for less, scale less far, or have the platform raise `hard` of `quota`.',
  });
}

/** Kubernetes refuses a pod of which it cannot count what a quota limits. */
function reportSilence(
  component: Component,
  pods: {
    readonly spec: JsonObject;
    readonly hard: Readonly<Record<string, Quantity>>;
    readonly defaults: ContainerDefaults;
  },
  { report }: ApplicationScopeContext,
): void {
  for (const name of Object.keys(pods.hard)) {
    const resource = ALIASES[name] ?? name;
    const silent = COMPUTE.test(resource) ? silentContainers(pods.spec, resource, pods.defaults) : [];
    if (silent.length === 0) continue;
    report({
      code: 'resources-missing',
      component,
      path: component.node.path,
      written: `${silent.map((each) => `\`${each}\``).join(', ')} without \`resources.${resource}\``,
      allowed: `an amount for every container: the quota limits \`${name}\`, and refuses pods without it`,
      fix: 'Attach `resources`, or have the platform give a default in `container` of `quota`.',
    });
  }
}

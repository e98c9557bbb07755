import {
  defineScope,
  Exposed,
  propertiesOf,
  type ApplicationScopeContext,
  type Component,
  type ObjectWriter,
  type ScopeFactory,
} from '@strake/core';
import * as z from 'zod';
import { numberIn } from './json-parts.ts';
import { writtenPods } from './written-pods.ts';

export interface HealthProperties {
  /**
   * Seconds after which a Deployment that makes no progress has failed, where it does not say so itself. Agents wait no
   * longer either.
   * @default 600
   */
  readonly progressDeadlineSeconds?: number;
  /**
   * Seconds that a new pod must be ready before it counts as available, where its workload does not say so itself.
   * @default 0
   */
  readonly minReadySeconds?: number;
  /**
   * What becomes of a component that is called and whose container has no readiness probe, so that it is called before it
   * can answer.
   * @default 'warning'
   */
  readonly readinessProbe?: 'error' | 'warning' | 'ignore';
  /**
   * Kinds of objects that agents wait for.
   * @default - all whose state they know
   */
  readonly waitFor?: readonly string[];
}

const seconds = z.int().min(0).max(2_147_483_647);

/**
 * Says when a delivery has arrived: what a roll-out may take, and what must be ready.
 *
 * @example
 * health({ progressDeadlineSeconds: 300, readinessProbe: 'error' })
 */
export const health: ScopeFactory<HealthProperties> = defineScope({
  name: 'health',
  package: '@strake/scopes',
  summary: 'Says when a delivery has arrived.',
  properties: propertiesOf<HealthProperties>()({
    progressDeadlineSeconds: seconds.min(1).optional(),
    minReadySeconds: seconds.optional(),
    readinessProbe: z.enum(['error', 'warning', 'ignore']).optional(),
    waitFor: z
      .array(z.string().regex(/^[A-Z][A-Za-z0-9]*(\.[a-z0-9.-]+)?$/, 'a kind such as `Deployment.apps`'))
      .min(1)
      .readonly()
      .optional(),
  }).refine(
    ({ progressDeadlineSeconds = 600, minReadySeconds = 0 }) => minReadySeconds < progressDeadlineSeconds,
    { path: ['minReadySeconds'], error: 'less than `progressDeadlineSeconds`' },
  ),
  application(context, { progressDeadlineSeconds = 600, minReadySeconds, readinessProbe = 'warning' }) {
    for (const component of context.components) {
      const pods = writtenPods(component, context);
      if (pods === undefined) continue;
      time(pods.workload, { progressDeadlineSeconds, minReadySeconds });
      const isProbed = pods.containers.some(({ fields }) => fields['readinessProbe'] !== undefined);
      if (readinessProbe === 'ignore' || isProbed || Exposed.tryOf(component) === undefined) continue;
      reportMissing(component, readinessProbe, context);
    }
  },
});

/** Kubernetes refuses a Deployment that must be ready for longer than it may take. */
function time(
  workload: ObjectWriter,
  { progressDeadlineSeconds, minReadySeconds }: { progressDeadlineSeconds: number; minReadySeconds?: number },
): void {
  const kind = workload.read('kind');
  const given = {
    deadline: numberIn(workload.read('spec.progressDeadlineSeconds')),
    ready: numberIn(workload.read('spec.minReadySeconds')),
  };
  const deadline = given.deadline ?? Math.max(progressDeadlineSeconds, (given.ready ?? 0) + 1);
  if (kind === 'Deployment' && given.deadline === undefined)
    workload.set('spec.progressDeadlineSeconds', deadline);
  const isTimed = kind === 'Deployment' || kind === 'StatefulSet' || kind === 'DaemonSet';
  if (!isTimed || minReadySeconds === undefined || given.ready !== undefined) return;
  const ready = kind === 'Deployment' ? Math.min(minReadySeconds, deadline - 1) : minReadySeconds;
  workload.set('spec.minReadySeconds', ready);
}

function reportMissing(
  component: Component,
  severity: 'error' | 'warning',
  { report }: ApplicationScopeContext,
): void {
  report({
    code: 'readiness-missing',
    severity,
    component,
    path: component.node.path,
    written: 'it listens on ports, and no container of it has a readiness probe',
    allowed: 'a readiness probe, without which pods are called before they can answer',
    fix: 'Attach `probes` with `readiness`.',
  });
}

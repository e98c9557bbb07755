import { defineTrait, Pods, propertiesOf, type TraitFactory } from '@strake/core';
import * as z from 'zod';
import { containerPortsOf, portNumber, unknownPort } from './container-ports.ts';
import { handlerSchema, type HandlerProperties } from './handler.ts';
import { hasEntry } from './has-entry.ts';
import { isAtLeast } from './kubernetes-version.ts';

export interface LifecycleProperties {
  /**
   * What is done right after the container has started; it is not ready before.
   * @default - nothing
   */
  readonly postStart?: HandlerProperties;
  /**
   * What is done before the container is told to end: `{ sleep: { seconds: 5 } }` lets callers find other pods.
   * @default - nothing
   */
  readonly preStop?: HandlerProperties;
  /**
   * Seconds that a pod gets to end, `preStop` included, before it is killed.
   * @default 30
   */
  readonly terminationGracePeriodSeconds?: number;
}

/**
 * Says what is done when a component's container starts and ends (Kubernetes API: Lifecycle).
 *
 * @example
 * lifecycle({ preStop: { sleep: { seconds: 5 } }, terminationGracePeriodSeconds: 60 })
 */
export const lifecycle: TraitFactory<LifecycleProperties, 'pods'> = defineTrait({
  name: 'lifecycle',
  package: '@strake/traits',
  summary: "Says what is done when a component's container starts and ends.",
  properties: propertiesOf<LifecycleProperties>()({
    postStart: handlerSchema.optional(),
    preStop: handlerSchema.optional(),
    terminationGracePeriodSeconds: z.int().min(1).optional(),
  }).refine(hasEntry, 'at least one of `postStart`, `preStop` and `terminationGracePeriodSeconds`'),
  needs: [Pods],
  apply({ edit, report, pods, environment }, { terminationGracePeriodSeconds, ...handlers }) {
    const pod = edit(pods.workload).at(pods.template).at('spec');
    const container = pod.at(['containers', pods.container]);
    const ports = containerPortsOf(container.read('ports'));
    const grace = terminationGracePeriodSeconds ?? graceSchema.parse(pod.read(GRACE));
    for (const [name, handler] of Object.entries(handlers)) {
      if (handler === undefined) continue;
      const port = handler.httpGet?.port;
      if (typeof port === 'string' && portNumber(ports, port) === undefined) {
        report(unknownPort(ports, port, `\`${name}\` of \`lifecycle\``));
        continue;
      }
      if (handler.sleep !== undefined && !isAtLeast(environment.kubernetes, '1.30')) {
        report(tooNew(name, environment.kubernetes));
      }
      container.set(['lifecycle', name], handler);
    }
    const seconds = handlers.preStop?.sleep?.seconds ?? 0;
    if (seconds >= grace) report(tooLong(seconds, grace));
    if (terminationGracePeriodSeconds !== undefined) pod.set(GRACE, terminationGracePeriodSeconds);
  },
});

const GRACE = 'terminationGracePeriodSeconds';
const graceSchema = z.number().catch(30);

function tooNew(name: string, version: string) {
  return {
    code: 'property-invalid',
    written: `\`sleep\` of \`${name}\` in an environment of Kubernetes ${version}`,
    allowed: 'Kubernetes 1.30 or later',
    fix: "Use `exec: { command: ['sleep', '5'] }`, if the image has that program.",
  } as const;
}

function tooLong(seconds: number, grace: number) {
  return {
    code: 'property-invalid',
    written: `\`preStop\` of \`lifecycle\` sleeps ${seconds} of the ${grace} seconds that a pod gets to end`,
    allowed: 'less than `terminationGracePeriodSeconds`: the rest is what the container itself gets',
    fix: 'Sleep for a shorter time, or raise `terminationGracePeriodSeconds`.',
  } as const;
}

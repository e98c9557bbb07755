import { defineTrait, Pods, propertiesOf, type TraitFactory } from '@strake/core';
import * as z from 'zod';
import { namespaceName } from '../namespace-name.ts';
import { namedPorts, podPorts } from './pod-ports.ts';

export interface MtlsExceptionProperties {
  /** Ports of the container, by name or number. */
  readonly ports: readonly (string | number)[];
  /** Why the ports are excepted; it is written beside the exception. */
  readonly reason: string;
  /**
   * Whether the ports accept callers without mutual TLS too, or take no mutual TLS at all.
   * @default 'PERMISSIVE'
   */
  readonly mode?: 'PERMISSIVE' | 'DISABLE';
  /**
   * Namespaces of the callers; they are let in to the ports. A mesh with `authorization: 'namespaces'` refuses them all
   * the same, since a caller without mutual TLS has no namespace there.
   * @default - nobody is let in who is not already
   */
  readonly from?: readonly string[];
}

/**
 * Excepts ports from the mutual TLS that a mesh demands, such as for a scraper outside of it (istio.io:
 * PeerAuthentication). All other ports stay as the namespace has them.
 *
 * @example
 * mtlsException({ ports: ['http'], reason: 'The load tester is not in the mesh.', from: ['load-tests'] })
 */
export const mtlsException: TraitFactory<MtlsExceptionProperties, 'pods'> = defineTrait({
  name: 'mtls-exception',
  package: '@strake/traits',
  summary: 'Excepts ports from the mutual TLS that a mesh demands.',
  properties: propertiesOf<MtlsExceptionProperties>()({
    ports: z
      .array(z.union([z.string().min(1), z.int().min(1).max(65_535)]))
      .min(1)
      .readonly(),
    reason: z.string().trim().min(1),
    mode: z.enum(['PERMISSIVE', 'DISABLE']).optional(),
    from: z.array(namespaceName).min(1).readonly().optional(),
  }),
  needs: [Pods],
  apply(target, { ports, reason, mode = 'PERMISSIVE', from = [] }) {
    const { create, admit, report, component, pods } = target;
    const { numbers, problems } = namedPorts(ports, podPorts(target, pods), 'mtlsException');
    for (const problem of problems) report(problem);
    if (numbers.length === 0) return;
    create({
      apiVersion: 'security.istio.io/v1',
      kind: 'PeerAuthentication',
      metadata: { name: `${component.name}-exception`, annotations: { [REASON]: reason } },
      spec: {
        selector: { matchLabels: pods.labels },
        portLevelMtls: Object.fromEntries(numbers.map((port) => [String(port), { mode }])),
      },
    });
    for (const namespace of from) for (const port of numbers) admit({ namespace, port });
  },
});

/** Annotation that says why an object is there; nothing reads it but people. */
const REASON = 'strake.dev/reason';

import { defineTrait, Pods, propertiesOf, type TraitFactory } from '@strake/core';
import * as z from 'zod';
import { containerPortsOf, portNumber, unknownPort } from './container-ports.ts';
import { hasEntry } from './has-entry.ts';
import { hasOneHandler, portOf, probeSchema, type Probe, type ProbeProperties } from './probe.ts';

/** How it is found out that the container has started, or no longer works. */
export interface RestartProbeProperties extends ProbeProperties {
  /**
   * Seconds that the container gets to end before it is killed, when the probe failed.
   * @default - as many as the pod gets
   */
  readonly terminationGracePeriodSeconds?: number;
}

/** How it is found out that the container can answer. */
export interface ReadinessProbeProperties extends ProbeProperties {
  /**
   * Successes in a row that count, after a failure.
   * @default 1
   */
  readonly successThreshold?: number;
}

export interface ProbesProperties {
  /**
   * Whether the container works; it is restarted when not.
   * @default - it works while its process runs
   */
  readonly liveness?: RestartProbeProperties;
  /**
   * Whether the container can answer; no requests reach it when not.
   * @default - it can once it has started
   */
  readonly readiness?: ReadinessProbeProperties;
  /**
   * Whether the container has started; the other probes wait for it.
   * @default - it has as soon as its process runs
   */
  readonly startup?: RestartProbeProperties;
}

const HANDLERS = 'exactly one of `httpGet`, `tcpSocket`, `exec` and `grpc`';
const positive = z.int().min(1).optional();
const restart = probeSchema
  .extend({ terminationGracePeriodSeconds: positive })
  .refine(hasOneHandler, HANDLERS)
  .optional();
const readiness = probeSchema
  .extend({ successThreshold: positive })
  .refine(hasOneHandler, HANDLERS)
  .optional();

/** The schema of a container's probes. */
export const probesSchema = propertiesOf<ProbesProperties>()({
  liveness: restart,
  readiness,
  startup: restart,
}).refine(hasEntry, 'at least one of `liveness`, `readiness` and `startup`');

/**
 * Tells Kubernetes how to find out whether a component's container works (Kubernetes API: Probe).
 *
 * @example
 * probes({ readiness: { httpGet: { path: '/ready', port: 'http' } } })
 */
export const probes: TraitFactory<ProbesProperties, 'pods'> = defineTrait({
  name: 'probes',
  package: '@strake/traits',
  summary: "Tells Kubernetes how to find out whether a component's container works.",
  properties: probesSchema,
  needs: [Pods],
  apply({ edit, report, pods }, properties) {
    const container = edit(pods.workload).at(pods.template).at(['spec', 'containers', pods.container]);
    const ports = containerPortsOf(container.read('ports'));
    for (const [name, probe] of Object.entries<Probe | undefined>(properties)) {
      if (probe === undefined) continue;
      const port = portOf(probe);
      const number = port === undefined ? undefined : portNumber(ports, port);
      if (typeof port === 'string' && number === undefined) {
        report(unknownPort(ports, port, `\`${name}\` of \`probes\``));
      } else container.set(`${name}Probe`, withPortNumber(probe, number));
    }
  },
});

/** Kubernetes knows ports by name for all probes but those of gRPC. */
export function withPortNumber(probe: Probe, port: number | undefined): Probe {
  return probe.grpc === undefined || port === undefined ? probe : { ...probe, grpc: { ...probe.grpc, port } };
}

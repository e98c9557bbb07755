import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderEach, type Config, type Finding, type JsonObject, type LockedApplication } from '@strake/core';
import { parseAllDocuments } from 'yaml';
import * as z from 'zod';
import config from '../../examples/online-boutique/strake.config.ts';
import { ROOT } from '../files.ts';
import type { Party } from './reachability.ts';

export const EXAMPLE = join(ROOT, 'examples', 'online-boutique');

/** Upstream's manifests, which are no part of the repository: commit 34ffea9 of GoogleCloudPlatform/microservices-demo. */
const UPSTREAM = join(ROOT, '..', 'shared', 'samples', 'online-boutique');

/** Why the example cannot be compared with upstream here; undefined when it can. */
export const UPSTREAM_MISSING: string | undefined = existsSync(UPSTREAM)
  ? undefined
  : `there are no manifests at ${UPSTREAM}`;

export const NAMESPACE = 'online-boutique';

/** Kubernetes objects, as the example renders them in one environment. */
export function renderedBoutique(environment: string, changed: Partial<Config> = {}) {
  const findings: Finding[] = [];
  const applications: LockedApplication[] = [
    ...renderEach({ ...config, ...changed }, { environments: [environment] }, (each) => findings.push(each)),
  ];
  const objects: JsonObject[] = applications.flatMap(({ manifests }) =>
    manifests.map(({ object }) => object),
  );
  return { applications, findings, objects };
}

/** Objects of upstream, as they stand in some of its folders. */
export function upstreamObjects(folders: readonly string[]): JsonObject[] {
  return folders.flatMap((folder) =>
    readdirSync(join(UPSTREAM, folder)).flatMap((file) =>
      parseAllDocuments(readFileSync(join(UPSTREAM, folder, file), 'utf8')).flatMap((document) => {
        const object: unknown = document.toJS();
        return object === null ? [] : [z.record(z.string(), z.json()).parse(object)];
      }),
    ),
  );
}

/** The objects as they are when they are applied to a namespace. */
export function inNamespace(objects: readonly JsonObject[], namespace: string): JsonObject[] {
  return objects.map((each) => ({
    ...each,
    metadata: { ...metadataSchema.parse(each['metadata']), namespace },
  }));
}

const metadataSchema = z.record(z.string(), z.json());

const deployment = z.object({
  kind: z.literal('Deployment'),
  metadata: z.object({ name: z.string(), namespace: z.string() }),
  spec: z.object({
    template: z.object({
      metadata: z.object({ labels: z.record(z.string(), z.string()) }),
      spec: z.object({
        containers: z.array(
          z.object({
            ports: z
              .array(
                z.object({
                  name: z.string().optional(),
                  containerPort: z.number(),
                  protocol: z.string().default('TCP'),
                }),
              )
              .default([]),
          }),
        ),
      }),
    }),
  }),
});

/** A port of every pod at which nothing listens: what opens it opens all ports. */
export const OTHER_PORT = 15_000;

/** Those whom the boutique may call or be called by besides its own pods. */
const STRANGERS: readonly Party[] = [
  { name: 'internet', address: '198.51.100.7', ports: [{ port: 443, protocol: 'TCP' }] },
  {
    name: 'dns',
    address: '10.0.1.1',
    namespace: 'kube-system',
    labels: { 'k8s-app': 'kube-dns' },
    ports: [
      { port: 53, protocol: 'TCP' },
      { port: 53, protocol: 'UDP' },
    ],
  },
  {
    name: 'other-namespace',
    address: '10.0.1.2',
    namespace: 'other',
    labels: { app: 'frontend', 'app.kubernetes.io/name': 'frontend' },
    ports: [{ port: 80, protocol: 'TCP' }],
  },
];

/** The pods of all Deployments, and those around them. */
export function partiesOf(objects: readonly JsonObject[]): Party[] {
  const pods = objects
    .filter(({ kind }) => kind === 'Deployment')
    .map((each, index): Party => {
      const { metadata, spec } = deployment.parse(each);
      const ports = spec.template.spec.containers.flatMap((container) => container.ports);
      return {
        name: metadata.name,
        address: `10.0.0.${index + 1}`,
        namespace: metadata.namespace,
        labels: spec.template.metadata.labels,
        ports: [
          ...ports.map(({ containerPort, ...port }) => ({ ...port, port: containerPort })),
          { port: OTHER_PORT, protocol: 'TCP' },
        ],
      };
    });
  return [...pods, ...STRANGERS];
}

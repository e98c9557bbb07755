import type { Agent, KubernetesObject, SyncedApplication, SyncedEnvironment } from '@strake/core';
import { checkedProperties, pathInGit, syncName } from '../agents/agent-properties.ts';
import { isKept } from '../agents/kept-objects.ts';
import { fluxSchema, type FluxProperties } from './flux-properties.ts';
import { healthChecks } from './health-checks.ts';
import { imageObjects, imageUpdateAutomation } from './image-objects.ts';

const KEEP = { 'kustomize.toolkit.fluxcd.io/prune': 'disabled' };

/** The template of a Job cannot be changed: Flux makes the Job anew where it would have to. */
const REPLACE = { 'kustomize.toolkit.fluxcd.io/force': 'enabled' };

/**
 * Flux syncs the repository: one Kustomization for each application and environment, and a source for each environment
 * (Flux: GitRepository, Kustomization).
 *
 * @example
 * flux({ url: 'https://github.com/acme/gitops', secretRef: { name: 'gitops' } })
 */
export function flux(properties: FluxProperties): Agent {
  const given = checkedProperties(fluxSchema, properties, flux);
  return {
    name: 'flux',
    approvals: ['manual-sync'],
    order: given.order ?? 'connections',
    imageNamespace: given.namespace ?? 'flux-system',
    annotations: (object) => ({
      ...(isKept(object, given.keep) ? KEEP : {}),
      ...(object.kind === 'Job' ? REPLACE : {}),
    }),
    sync: (application) => {
      const images = imageObjects(application, given);
      return { objects: [kustomization(application, given), ...images.objects], findings: images.findings };
    },
    root: (environment) => ({
      objects: [
        gitRepository(environment, given),
        rootKustomization(environment, given),
        ...imageUpdateAutomation(environment, given),
      ],
    }),
  };
}

/** Without `targetNamespace`: all objects name their namespace, and sealed ones are sealed for it. */
function kustomization(
  { rendered, folder, after }: SyncedApplication,
  properties: FluxProperties,
): KubernetesObject {
  const { environment, application, manifests } = rendered;
  const { wait = true, timeout = '5m', serviceAccountName } = properties;
  const checks = wait ? healthChecks(manifests.map(({ object }) => object)) : [];
  return {
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    metadata: metadata(syncName(properties, environment, application), properties),
    spec: {
      ...syncing(properties),
      timeout,
      wait,
      sourceRef: { kind: 'GitRepository', name: environment.name },
      path: `./${pathInGit(properties, folder)}`,
      ...(environment.approval === 'manual-sync' && { suspend: true }),
      ...(serviceAccountName !== undefined && { serviceAccountName }),
      ...(after.length > 0 && {
        dependsOn: after.map((name) => ({ name: syncName(properties, environment, name) })),
      }),
      ...(checks.length > 0 && { healthCheckExprs: checks }),
    },
  };
}

/** Flux' own objects of an environment are synced as all others, so that a change of them is a commit too. */
function rootKustomization(
  { environment: { name }, folder }: SyncedEnvironment,
  properties: FluxProperties,
): KubernetesObject {
  return {
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    metadata: { ...metadata(name, properties), annotations: KEEP },
    spec: {
      ...syncing(properties),
      prune: true,
      sourceRef: { kind: 'GitRepository', name },
      path: `./${pathInGit(properties, folder)}`,
    },
  };
}

function gitRepository(
  { environment: { name } }: SyncedEnvironment,
  properties: FluxProperties,
): KubernetesObject {
  const { url, branch = 'main', sourceInterval = '1m', secretRef } = properties;
  return {
    apiVersion: 'source.toolkit.fluxcd.io/v1',
    kind: 'GitRepository',
    metadata: { ...metadata(name, properties), annotations: KEEP },
    spec: { interval: sourceInterval, url, ref: { branch }, ...(secretRef && { secretRef }) },
  };
}

function syncing({ interval = '10m', retryInterval = '2m', prune = true }: FluxProperties) {
  return { interval, retryInterval, prune };
}

function metadata(name: string, { namespace = 'flux-system' }: FluxProperties) {
  return { name, namespace };
}

import type {
  Agent,
  Finding,
  KubernetesObject,
  Manifest,
  SyncedApplication,
  SyncedEnvironment,
} from '@strake/core';
import { emit } from '../emit.ts';
import { imageLockFolder } from '../images/lock-path.ts';
import {
  agentApplicationFolder,
  agentFolder,
  applicationFolder,
  environmentFolder,
  objectPaths,
} from '../layout.ts';
import type { PlannedFile } from '../plan.ts';
import { approvalFindings } from './approval-findings.ts';
import { syncOrder } from './sync-order.ts';

/** What an agent reads of one application. */
export interface AgentFiles {
  readonly files: readonly PlannedFile[];
  readonly findings: readonly Finding[];
  readonly readsImageLock: boolean;
}

/**
 * The files by which an agent syncs an application. With the objects that applications share come those that the agent
 * needs once for the environment: the platform's home alone writes both.
 */
export function agentFiles(
  agent: Agent | undefined,
  rendered: SyncedApplication['rendered'],
  hasPlatform: boolean,
): AgentFiles {
  const { environment, application } = rendered;
  const approvals = approvalFindings(rendered, agent);
  if (agent === undefined) return { files: [], findings: approvals, readsImageLock: false };
  const isPlatform = application === 'platform';
  const { after, wave, problems } = placeInOrder(agent, rendered, hasPlatform && !isPlatform);
  const { name, cluster } = environment;
  const synced = agent.sync({
    rendered,
    folder: applicationFolder(name, application),
    imageFolder: imageLockFolder(name, application),
    after,
    wave,
  });
  const root = isPlatform ? agent.root(syncedEnvironment(environment)) : { objects: [] };
  const objects = [...root.objects, ...synced.objects];
  const paths = objectPaths(objects, namespaceOf(objects));
  const folder = agentApplicationFolder(cluster, name, application);
  return {
    files: objects.map((object, index) => ({
      path: `${folder}/${paths[index]}`,
      environment: name,
      application,
      contents: emit(object),
    })),
    findings: [
      ...approvals,
      ...problems.map((each) => ({ ...each, environments: [name] })),
      ...(root.findings ?? []),
      ...(synced.findings ?? []),
    ],
    readsImageLock: synced.readsImageLock === true,
  };
}

/** An environment as its agent's own objects are made for it. */
export function syncedEnvironment(environment: SyncedEnvironment['environment']): SyncedEnvironment {
  const { name, cluster } = environment;
  return { environment, folder: agentFolder(cluster, name), applications: environmentFolder(name) };
}

/** An object with what it has to tell the agent. What the object says itself counts more. */
export function annotated(manifest: Manifest, agent: Agent | undefined): Manifest {
  const { object } = manifest;
  const annotations = agent?.annotations(object) ?? {};
  if (Object.keys(annotations).length === 0) return manifest;
  const { metadata } = object;
  return {
    ...manifest,
    object: {
      ...object,
      metadata: { ...metadata, annotations: { ...annotations, ...metadata.annotations } },
    },
  };
}

function placeInOrder(
  agent: Agent,
  { neighbours, application }: SyncedApplication['rendered'],
  hasPlatform: boolean,
) {
  const first = hasPlatform ? ['platform'] : [];
  if (agent.order === 'platform' || neighbours === undefined || application === 'platform')
    return { after: first, wave: first.length, problems: [] };
  const order = syncOrder(neighbours);
  return {
    after: [...first, ...order.calledBy(application)].toSorted(),
    wave: first.length + order.depth(application),
    problems: order.problems(application),
  };
}

/** All of an agent's objects are in one namespace. */
function namespaceOf([object]: readonly KubernetesObject[]): string {
  return object?.metadata.namespace ?? '';
}

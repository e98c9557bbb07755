import * as z from 'zod';
import { type Argocd, NAMESPACE } from './argocd.ts';
import { eventually } from './eventually.ts';
import type { Cluster } from './harness.ts';
import { editObject, type ObjectName, readObject } from './objects.ts';

const application = z.looseObject({
  metadata: z.looseObject({ creationTimestamp: z.string() }),
  spec: z.looseObject({
    project: z.string(),
    syncPolicy: z.looseObject({ syncOptions: z.array(z.string()) }),
  }),
  status: z
    .looseObject({
      sync: z.looseObject({ status: z.string(), revision: z.string().optional() }).optional(),
      health: z.looseObject({ status: z.string().optional() }).optional(),
      conditions: z.array(z.looseObject({ type: z.string(), message: z.string() })).optional(),
      history: z.array(z.looseObject({ revision: z.string() })).optional(),
      operationState: z
        .looseObject({
          phase: z.string(),
          message: z.string().optional(),
          retryCount: z.number().optional(),
          finishedAt: z.string().optional(),
        })
        .optional(),
    })
    .optional(),
});

/** What Argo CD says of an Application, in short. */
export interface ApplicationState {
  readonly created: string;
  readonly project: string;
  readonly sync: string | undefined;
  readonly revision: string | undefined;
  readonly health: string | undefined;
  /** Phase of the last sync: `Succeeded`, or `Running` while it is tried again. */
  readonly phase: string | undefined;
  readonly message: string | undefined;
  readonly retries: number;
  /** When the last sync ended. */
  readonly finished: string | undefined;
  readonly conditions: readonly string[];
  /** Commits that were synced, the oldest first. */
  readonly synced: readonly string[];
}

/** What tests ask of Applications. */
export interface Applications {
  /** Nothing where there is no such Application. */
  read(name: string): Promise<ApplicationState | undefined>;
  /** Waits for a state of an Application. */
  until(name: string, wanted: string, holds: (state: ApplicationState) => boolean): Promise<ApplicationState>;
  /** Waits until Applications are synced to a commit, each by a sync that succeeded, and healthy. */
  untilSynced(commit: string, ...names: readonly string[]): Promise<void>;
  /** Starts a sync, as a person who presses the button. */
  syncByHand(name: string): Promise<void>;
}

/** The Applications of a cluster. */
export function applicationsOf(cluster: Cluster, { check }: Argocd): Applications {
  const read = async (name: string) => {
    const found = await readObject(cluster, nameOf(name));
    return found === undefined ? undefined : stateOf(found);
  };
  const until: Applications['until'] = (name, wanted, holds) => {
    let last: ApplicationState | undefined;
    return eventually(
      `${name} is ${wanted}`,
      async () => {
        last = await read(name);
        return last !== undefined && holds(last) ? last : undefined;
      },
      { seconds: 120, check },
      () => JSON.stringify(last),
    );
  };
  return {
    read,
    until,
    untilSynced: async (commit, ...names) => {
      for (const name of names)
        await until(name, `synced to ${commit}`, (state) => isSynced(state, commit) && isHealthy(state));
    },
    syncByHand: async (name) => {
      const { spec } = application.parse(await readObject(cluster, nameOf(name)));
      const sync = { prune: true, syncOptions: spec.syncPolicy.syncOptions };
      await editObject(cluster, nameOf(name), {
        operation: { initiatedBy: { username: 'somebody' }, sync },
      });
    },
  };
}

/** Whether an Application is synced to a commit. */
export function isSynced({ sync, revision, phase, conditions }: ApplicationState, commit: string): boolean {
  return sync === 'Synced' && revision === commit && phase === 'Succeeded' && conditions.length === 0;
}

function isHealthy({ health }: ApplicationState): boolean {
  return health === 'Healthy';
}

function nameOf(name: string): ObjectName {
  return { apiVersion: 'argoproj.io/v1alpha1', kind: 'Application', name, namespace: NAMESPACE };
}

function stateOf(found: unknown): ApplicationState {
  const { metadata, spec, status } = application.parse(found);
  const { sync, health, operationState: last, conditions = [], history = [] } = status ?? {};
  return {
    created: metadata.creationTimestamp,
    project: spec.project,
    sync: sync?.status,
    revision: sync?.revision,
    health: health?.status,
    phase: last?.phase,
    message: last?.message,
    retries: last?.retryCount ?? 0,
    finished: last?.finishedAt,
    conditions: conditions.map(({ type, message }) => `${type}: ${message}`),
    synced: history.map(({ revision }) => revision),
  };
}

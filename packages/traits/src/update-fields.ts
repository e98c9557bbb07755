import type { ObjectIdentity } from '@strake/core';

/** What can be said about how a kind of workload replaces its pods. */
export interface UpdateFields {
  /** Field of `spec` that holds the strategy. */
  readonly strategy: 'strategy' | 'updateStrategy';
  readonly types: readonly string[];
  /** Fields of `rollingUpdate`. */
  readonly rollingUpdate: readonly string[];
  /** Fields of `spec`. */
  readonly spec: readonly string[];
}

const COMMON = ['minReadySeconds', 'revisionHistoryLimit'];

/** Kubernetes API: DeploymentSpec, StatefulSetSpec, DaemonSetSpec. */
const FIELDS: Readonly<Record<string, UpdateFields>> = {
  'apps/v1/Deployment': {
    strategy: 'strategy',
    types: ['RollingUpdate', 'Recreate'],
    rollingUpdate: ['maxSurge', 'maxUnavailable'],
    spec: [...COMMON, 'progressDeadlineSeconds'],
  },
  'apps/v1/StatefulSet': {
    strategy: 'updateStrategy',
    types: ['RollingUpdate', 'OnDelete'],
    rollingUpdate: ['maxUnavailable', 'partition'],
    spec: COMMON,
  },
  'apps/v1/DaemonSet': {
    strategy: 'updateStrategy',
    types: ['RollingUpdate', 'OnDelete'],
    rollingUpdate: ['maxSurge', 'maxUnavailable'],
    spec: COMMON,
  },
};

/** What can be said about a workload; undefined when its pods are not replaced. */
export function updateFieldsOf({ apiVersion, kind }: Pick<ObjectIdentity, 'apiVersion' | 'kind'>) {
  return FIELDS[`${apiVersion}/${kind}`];
}

import { containerSecurityContext, podSecurityContext } from '@strake/traits';

/** What a process of any container may do. */
export const LEAST_RIGHTS = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  privileged: false,
  readOnlyRootFilesystem: true,
} as const;

/** The user and the rights that all workloads of the boutique run with. */
export const hardening = [
  podSecurityContext({ runAsUser: 1000, runAsGroup: 1000, runAsNonRoot: true, fsGroup: 1000 }),
  containerSecurityContext(LEAST_RIGHTS),
];

import type { JsonObject, JsonValue } from '@strake/core';
import { mapIn, textIn, textsIn } from './json-parts.ts';

/** One thing in which containers are restricted; a field of Kubernetes' SecurityContext or PodSpec. */
export type Hardening =
  | 'runAsNonRoot'
  | 'seccompProfile'
  | 'capabilities'
  | 'allowPrivilegeEscalation'
  | 'readOnlyRootFilesystem'
  | 'automountServiceAccountToken';

/** All of them. */
export const HARDENINGS = [
  'runAsNonRoot',
  'seccompProfile',
  'capabilities',
  'allowPrivilegeEscalation',
  'readOnlyRootFilesystem',
  'automountServiceAccountToken',
] as const satisfies readonly Hardening[];

/** Those that images rarely stumble over. */
export const USUAL_HARDENINGS: readonly Hardening[] = HARDENINGS.filter(
  (each) => each !== 'readOnlyRootFilesystem',
);

/** A field that is looser than asked for. */
export interface Relaxation {
  /** Where it stands in the security context: `capabilities.add`. */
  readonly field: string;
  readonly value: JsonValue;
  /** Whether the pod says it for its containers. */
  readonly byPod?: boolean;
}

/** What one hardening comes to in a container. */
export interface Hardened {
  /** What is written because nobody said anything. */
  readonly fill?: Pick<Relaxation, 'field' | 'value'>;
  readonly relaxations: readonly Relaxation[];
}

type Contexts = { readonly own: JsonObject; readonly pod: JsonObject };

/** What the hardenings of containers come to, by what a container and its pod say themselves. */
export const CONTAINER_HARDENINGS: Readonly<
  Record<Exclude<Hardening, 'automountServiceAccountToken'>, (contexts: Contexts) => Hardened>
> = {
  runAsNonRoot: (contexts) => {
    const found = [
      ...said(contexts, 'runAsNonRoot', (value) => value === false),
      ...said(contexts, 'runAsUser', (value) => value === 0),
    ];
    const isSaid = value(contexts, 'runAsNonRoot') !== undefined;
    return {
      fill: found.length > 0 || isSaid ? undefined : { field: 'runAsNonRoot', value: true },
      relaxations: found,
    };
  },
  seccompProfile: (contexts) => ({
    fill:
      value(contexts, 'seccompProfile') === undefined
        ? { field: 'seccompProfile', value: { type: 'RuntimeDefault' } }
        : undefined,
    relaxations: said(contexts, 'seccompProfile', (given) => textIn(mapIn(given)['type']) === 'Unconfined'),
  }),
  capabilities: ({ own }) => {
    const { add, drop } = mapIn(own['capabilities']);
    const added = textsIn(add).some((right) => right !== 'NET_BIND_SERVICE');
    const isKept = drop !== undefined && !textsIn(drop).includes('ALL');
    return {
      fill: drop === undefined ? { field: 'capabilities.drop', value: ['ALL'] } : undefined,
      relaxations: [
        ...(added ? [{ field: 'capabilities.add', value: add ?? [] }] : []),
        ...(isKept ? [{ field: 'capabilities.drop', value: drop }] : []),
      ],
    };
  },
  allowPrivilegeEscalation: ({ own }) => {
    const mayAll =
      own['privileged'] === true || textsIn(mapIn(own['capabilities'])['add']).includes('SYS_ADMIN');
    const isSaid = own['allowPrivilegeEscalation'] !== undefined;
    return {
      // Kubernetes refuses `false` beside what escalates in itself.
      fill: isSaid || mayAll ? undefined : { field: 'allowPrivilegeEscalation', value: false },
      relaxations: [...ownly(own, 'privileged', true), ...ownly(own, 'allowPrivilegeEscalation', true)],
    };
  },
  readOnlyRootFilesystem: ({ own }) => ({
    fill:
      own['readOnlyRootFilesystem'] === undefined
        ? { field: 'readOnlyRootFilesystem', value: true }
        : undefined,
    relaxations: ownly(own, 'readOnlyRootFilesystem', false),
  }),
};

function value({ own, pod }: Contexts, field: string): JsonValue | undefined {
  return own[field] ?? pod[field];
}

function said({ own, pod }: Contexts, field: string, isLooser: (value: JsonValue) => boolean): Relaxation[] {
  const byPod = own[field] === undefined;
  const given = own[field] ?? pod[field];
  return given !== undefined && isLooser(given) ? [{ field, value: given, byPod }] : [];
}

function ownly(own: JsonObject, field: string, looser: boolean): Relaxation[] {
  return own[field] === looser ? [{ field, value: looser }] : [];
}

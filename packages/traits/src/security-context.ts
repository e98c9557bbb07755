import * as z from 'zod';
import { isRootAllowed, ROOT_REFUSED, runAsShape, type RunAsProperties } from './security-profiles.ts';

/** What the processes of one container may do (Kubernetes API: SecurityContext). */
export interface SecurityContextProperties extends RunAsProperties {
  /**
   * Whether a process may get more privileges than the one that started it.
   * @default true
   */
  readonly allowPrivilegeEscalation?: boolean;
  /**
   * Rights of root that are given or taken: `{ drop: ['ALL'], add: ['NET_BIND_SERVICE'] }`.
   * @default - as the container runtime says
   */
  readonly capabilities?: CapabilitiesProperties;
  /**
   * Whether processes may do on the node whatever root may.
   * @default false
   */
  readonly privileged?: boolean;
  /**
   * Whether nothing can be written but to mounted volumes.
   * @default false
   */
  readonly readOnlyRootFilesystem?: boolean;
}

/** Rights of root (Kubernetes API: Capabilities). */
export interface CapabilitiesProperties {
  readonly add?: readonly string[];
  readonly drop?: readonly string[];
}

const capabilities = z
  .array(z.string().regex(/^[A-Z][A-Z0-9_]*$/, 'a right such as `NET_BIND_SERVICE`, or `ALL`'))
  .min(1)
  .readonly()
  .optional();

/** The schemas of what one container's processes may do. */
export const securityContextShape = {
  ...runAsShape,
  allowPrivilegeEscalation: z.boolean().optional(),
  capabilities: z.strictObject({ add: capabilities, drop: capabilities }).optional(),
  privileged: z.boolean().optional(),
  readOnlyRootFilesystem: z.boolean().optional(),
};

/** Kubernetes refuses privileged processes that must not escalate. */
export function isEscalationAllowed(context: SecurityContextProperties): boolean {
  const { privileged, capabilities: { add = [] } = {}, allowPrivilegeEscalation } = context;
  return allowPrivilegeEscalation !== false || (privileged !== true && !add.includes('SYS_ADMIN'));
}

/** The text of the finding where that does not hold. */
export const ESCALATION_NEEDED = {
  path: ['allowPrivilegeEscalation'],
  error: '`allowPrivilegeEscalation` that is not false beside `privileged` or the right `SYS_ADMIN`',
};

/** The schema of a container's security context. */
export const securityContextSchema = z
  .strictObject(securityContextShape)
  .refine(isRootAllowed, ROOT_REFUSED)
  .refine(isEscalationAllowed, ESCALATION_NEEDED);

/** What the Pod Security Standard `restricted` asks of every container (kubernetes.io, Pod Security Standards). */
export const RESTRICTED = {
  allowPrivilegeEscalation: false,
  runAsNonRoot: true,
  seccompProfile: { type: 'RuntimeDefault' },
  capabilities: { drop: ['ALL'] },
} as const;

/** Whether nothing contradicts the standard `restricted`. */
export function isRestricted(context: SecurityContextProperties): boolean {
  const { privileged, allowPrivilegeEscalation, runAsNonRoot, runAsUser, seccompProfile } = context;
  const { add = [], drop = ['ALL'] } = context.capabilities ?? {};
  return (
    privileged !== true &&
    allowPrivilegeEscalation !== true &&
    runAsNonRoot !== false &&
    runAsUser !== 0 &&
    seccompProfile?.type !== 'Unconfined' &&
    context.appArmorProfile?.type !== 'Unconfined' &&
    drop.includes('ALL') &&
    add.every((right) => right === 'NET_BIND_SERVICE')
  );
}

import * as z from 'zod';

/** A profile that limits what a process may ask of the kernel (Kubernetes API: SeccompProfile, AppArmorProfile). */
export interface SecurityProfileProperties {
  /** `RuntimeDefault` is the container runtime's own profile, `Localhost` one that stands on the nodes. */
  readonly type: 'RuntimeDefault' | 'Localhost' | 'Unconfined';
  /**
   * Name of the profile on the nodes. Beside the type `Localhost` only.
   * @default - none
   */
  readonly localhostProfile?: string;
}

/** The schema of a profile. */
export const securityProfileSchema = z
  .strictObject({
    type: z.enum(['RuntimeDefault', 'Localhost', 'Unconfined']),
    localhostProfile: z.string().min(1).optional(),
  })
  .refine(({ type, localhostProfile }) => (type === 'Localhost') === (localhostProfile !== undefined), {
    path: ['localhostProfile'],
    error: 'a `localhostProfile` beside the type `Localhost`, and there only',
  });

/** The user and the groups that processes run as. */
export interface RunAsProperties {
  /**
   * Number of the user.
   * @default - as the image says
   */
  readonly runAsUser?: number;
  /**
   * Number of the main group.
   * @default - as the image says
   */
  readonly runAsGroup?: number;
  /**
   * Whether a container whose user is root is refused.
   * @default - root is allowed
   */
  readonly runAsNonRoot?: boolean;
  /**
   * Which calls of the kernel are allowed.
   * @default - as the cluster says
   */
  readonly seccompProfile?: SecurityProfileProperties;
  /**
   * What AppArmor allows.
   * @default - as the cluster says
   */
  readonly appArmorProfile?: SecurityProfileProperties;
}

const identifier = z.int().min(0).max(2_147_483_647).optional();

/** The schemas of what pods and containers have in common. */
export const runAsShape = {
  runAsUser: identifier,
  runAsGroup: identifier,
  runAsNonRoot: z.boolean().optional(),
  seccompProfile: securityProfileSchema.optional(),
  appArmorProfile: securityProfileSchema.optional(),
};

/** Kubernetes does not start a container that runs as root and must not. */
export function isRootAllowed({ runAsUser, runAsNonRoot }: RunAsProperties): boolean {
  return runAsUser !== 0 || runAsNonRoot !== true;
}

/** The text of the finding where that does not hold. */
export const ROOT_REFUSED = { path: ['runAsUser'], error: 'a user other than 0 beside `runAsNonRoot`' };

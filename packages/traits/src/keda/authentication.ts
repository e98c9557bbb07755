import * as z from 'zod';
import { secretKeyOf, secretKeySchema, type SecretKeyProperties } from '../secret-key.ts';

/** How KEDA proves who it is to what it asks (keda.sh: TriggerAuthentication). */
export interface AuthenticationProperties {
  /**
   * Parameters of the scaler by name, and the keys of Secrets that hold them: `password`.
   * @default - none
   */
  readonly secretTargetRef?: Readonly<Record<string, SecretKeyProperties>>;
  /**
   * Parameters of the scaler by name, and the variables of the component's container that hold them.
   * @default - none
   */
  readonly env?: Readonly<Record<string, string>>;
  /**
   * The cloud's own identity for pods.
   * @default - none
   */
  readonly podIdentity?: PodIdentityProperties;
}

/** An identity that the cloud gives to pods (keda.sh: AuthPodIdentity). */
export interface PodIdentityProperties {
  readonly provider: 'aws' | 'azure-workload' | 'gcp' | 'none';
  /**
   * Id of the identity in Azure.
   * @default - that of the pod
   */
  readonly identityId?: string;
  /**
   * Whose identity counts in AWS: that of KEDA, or that of the component's pods.
   * @default 'keda'
   */
  readonly identityOwner?: 'keda' | 'workload';
  /**
   * Role that is taken in AWS.
   * @default - that of the identity
   */
  readonly roleArn?: string;
}

const parameter = z.string().min(1);

/** The schema of an authentication. */
export const authenticationSchema = z
  .strictObject({
    secretTargetRef: z.record(parameter, secretKeySchema).readonly().optional(),
    env: z.record(parameter, z.string().min(1)).readonly().optional(),
    podIdentity: z
      .strictObject({
        provider: z.enum(['aws', 'azure-workload', 'gcp', 'none']),
        identityId: z.string().min(1).optional(),
        identityOwner: z.enum(['keda', 'workload']).optional(),
        roleArn: z.string().min(1).optional(),
      })
      .refine(({ identityOwner, roleArn }) => identityOwner !== 'workload' || roleArn === undefined, {
        path: ['roleArn'],
        error: 'no role beside the identity of the pods, which has one',
      })
      .optional(),
  })
  .refine(
    ({ secretTargetRef, env, podIdentity }) => (secretTargetRef ?? env ?? podIdentity) !== undefined,
    'at least one of `secretTargetRef`, `env` and `podIdentity`',
  );

/** The specification of a TriggerAuthentication. */
export function authenticationSpec(
  { secretTargetRef = {}, env = {}, podIdentity }: AuthenticationProperties,
  containerName: string,
) {
  const keys = Object.entries(secretTargetRef).map(([name, key]) => ({
    parameter: name,
    ...secretKeyOf(key),
  }));
  const variables = Object.entries(env).map(([parameter, name]) => ({ parameter, name, containerName }));
  return {
    podIdentity: podIdentity && { ...podIdentity },
    secretTargetRef: keys.length === 0 ? undefined : keys,
    env: variables.length === 0 ? undefined : variables,
  };
}

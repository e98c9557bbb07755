import * as z from 'zod';
import { objectName } from './object-name.ts';

/** An object whose keys are variables, all of them (Kubernetes API: EnvFromSource). Exactly one object is named. */
export interface EnvFromProperties {
  /** A ConfigMap of the namespace. */
  readonly configMapRef?: { readonly name: string; readonly optional?: boolean };
  /** A Secret of the namespace. */
  readonly secretRef?: { readonly name: string; readonly optional?: boolean };
  /**
   * Text before the name of each variable.
   * @default - none
   */
  readonly prefix?: string;
}

const object = z.strictObject({ name: objectName, optional: z.boolean().optional() }).optional();

/** The schema of objects whose keys are variables. */
export const envFromSchema = z
  .array(
    z
      .strictObject({
        configMapRef: object,
        secretRef: object,
        prefix: z
          .string()
          .regex(/^[-._a-zA-Z][-._a-zA-Z0-9]*$/, 'a prefix such as `REDIS_`')
          .optional(),
      })
      .refine(
        ({ configMapRef, secretRef }) => (configMapRef === undefined) !== (secretRef === undefined),
        'exactly one of `configMapRef` and `secretRef`',
      ),
  )
  .readonly();

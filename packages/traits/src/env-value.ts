import * as z from 'zod';
import { objectName } from './object-name.ts';

/** A variable's value: text, or where Kubernetes reads it from, as `key()` of a config or a secret claim says. */
export type EnvValueProperties = string | { readonly valueFrom: EnvSourceProperties };

/** Where a variable's value comes from (Kubernetes API: EnvVarSource). Exactly one source is given. */
export interface EnvSourceProperties {
  /** A key of a ConfigMap. */
  readonly configMapKeyRef?: KeyReferenceProperties;
  /** A key of a Secret. */
  readonly secretKeyRef?: KeyReferenceProperties;
  /** A field of the pod: `metadata.name`, `status.podIP`, `metadata.labels['app']`. */
  readonly fieldRef?: { readonly fieldPath: string };
  /** What a container is given: `limits.memory`, divided by `divisor`, which is 1 by default. */
  readonly resourceFieldRef?: {
    readonly resource: string;
    readonly containerName?: string;
    readonly divisor?: string;
  };
}

/** A key of a ConfigMap or a Secret of the namespace. */
export interface KeyReferenceProperties {
  readonly name: string;
  readonly key: string;
  /**
   * Whether the container starts without it.
   * @default false
   */
  readonly optional?: boolean;
}

const FIELD =
  /^(metadata\.(name|namespace|uid)|metadata\.(labels|annotations)\['[^']+'\]|spec\.(nodeName|serviceAccountName)|status\.(hostIPs?|podIPs?))$/;
const RESOURCE = /^(limits|requests)\.(cpu|memory|ephemeral-storage|hugepages-.+)$/;

const keyReference = z.strictObject({
  name: objectName,
  key: z.string().regex(/^[-._a-zA-Z0-9]{1,253}$/, 'a key of letters, digits, `-`, `_` and `.`'),
  optional: z.boolean().optional(),
});
const source = z
  .strictObject({
    configMapKeyRef: keyReference.optional(),
    secretKeyRef: keyReference.optional(),
    fieldRef: z
      .strictObject({ fieldPath: z.string().regex(FIELD, 'a field of the pod such as `status.podIP`') })
      .optional(),
    resourceFieldRef: z
      .strictObject({
        resource: z.string().regex(RESOURCE, 'a resource such as `limits.memory`'),
        containerName: z.string().min(1).optional(),
        divisor: z.string().min(1).optional(),
      })
      .optional(),
  })
  .refine(
    (given) => Object.values(given).filter((each) => each !== undefined).length === 1,
    'exactly one of `configMapKeyRef`, `secretKeyRef`, `fieldRef` and `resourceFieldRef`',
  );

/** The schema of variables by name. */
export const variablesSchema = z
  .record(
    z.string().regex(/^[-._a-zA-Z][-._a-zA-Z0-9]*$/, 'a name such as `LOG_LEVEL`'),
    z.union([z.string(), z.strictObject({ valueFrom: source })]),
  )
  .readonly();

type Variables = z.output<typeof variablesSchema>;

/** Variables as a container lists them. */
export function variablesOf(variables: Variables) {
  return Object.entries(variables).map(([name, value]) =>
    typeof value === 'string' ? { name, value } : { name, ...value },
  );
}

const SECRET = /(password|passwd|secret|token|api_?key|private_?key|credentials?)$/i;

/** Names of variables whose text stands in the repository, though they sound like secrets. */
export function plaintextSecrets(variables: Variables): string[] {
  const isText = (value: Variables[string]) =>
    typeof value === 'string' && value !== '' && !value.includes('$(');
  return Object.entries(variables).flatMap(([name, value]) =>
    SECRET.test(name) && isText(value) ? [name] : [],
  );
}

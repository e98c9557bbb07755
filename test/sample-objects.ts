import type { JsonObject, KubernetesObject } from '@strake/core';

/** A Deployment `web` of one container `web` that rules have nothing to say about, but for what is given. */
export function deployment(
  container: JsonObject = {},
  { name = 'web', pod = {}, labels = { app: name }, ...spec }: DeploymentParts = {},
): KubernetesObject {
  const standing = { name, image: 'web:1.0.0', ports: [{ name: 'http', containerPort: 8080 }] };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name },
    spec: {
      selector: { matchLabels: { app: name } },
      template: { metadata: { labels }, spec: { containers: [{ ...standing, ...container }], ...pod } },
      ...spec,
    },
  };
}

export interface DeploymentParts extends JsonObject {
  readonly name?: string;
  /** Fields of the pod. */
  readonly pod?: JsonObject;
  /** Labels of the pods. */
  readonly labels?: Readonly<Record<string, string>>;
}

/** An object with a spec. */
export function object(
  type: string,
  name: string,
  spec: JsonObject,
  { namespace, ...rest }: JsonObject & { readonly namespace?: string } = {},
): KubernetesObject {
  const slash = type.lastIndexOf('/');
  const metadata = namespace === undefined ? { name } : { name, namespace };
  return { apiVersion: type.slice(0, slash), kind: type.slice(slash + 1), metadata, spec, ...rest };
}

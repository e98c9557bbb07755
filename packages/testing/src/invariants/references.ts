import type { JsonObject, JsonValue } from '@strake/core';
import type { ClusterModel, ModelObject } from '../cluster-model.ts';
import type { Invariant } from '../invariant.ts';
import { listAt, mapAt, mapsAt, textAt, valueAt } from '../json-at.ts';
import { containersOf, podSetOf } from '../pod-set.ts';
import { backendsOf, hostOf } from './route-backends.ts';

interface Reference {
  readonly kind: string;
  readonly name: string | undefined;
  readonly namespace?: string;
  readonly path: string;
}

/** What an object refers to is there. */
export const referenceResolves: Invariant = {
  name: 'reference-resolves',
  summary: 'Every object that another one refers to by name exists.',
  check(model, report) {
    const secrets = secretsOf(model);
    for (const at of model.objects) {
      for (const { kind, name, namespace = at.namespace, path } of referencesOf(at)) {
        if (name === undefined || name === '') continue;
        const isSecret = kind === 'Secret' && secrets.has(`${namespace}/${name}`);
        if (!isSecret && !model.has(kind, name, namespace))
          report({ at, path, written: `there is no ${kind}/${name} in ${namespace}` });
      }
      for (const missing of missingSubsets(model, at)) report({ at, ...missing });
    }
  },
};

function referencesOf(at: ModelObject): Reference[] {
  const pods = podSetOf(at.object, at.owner, at.namespace);
  return [
    ...(pods === undefined ? [] : ofPods(pods)),
    ...(BY_FIELD[at.object.kind] ?? []).map((field) => byField(at.object, field)),
    ...ofBinding(at.object),
    ...backendsOf(at).map(({ service, namespace, path }) => ({
      kind: 'Service',
      name: service,
      namespace,
      path,
    })),
    ...ofDestinationRule(at),
    ...mapsAt(at.object, 'spec', 'tls').map((tls) => secret(textAt(tls, 'secretName'), 'spec.tls')),
    ...mapsAt(at.object, 'spec', 'secretTargetRef').map((each) =>
      secret(textAt(each, 'name'), 'spec.secretTargetRef'),
    ),
    ...mapsAt(at.object, 'spec', 'triggers').map((each) => ({
      kind: textAt(each, 'authenticationRef', 'kind') ?? 'TriggerAuthentication',
      name: textAt(each, 'authenticationRef', 'name'),
      path: 'spec.triggers.authenticationRef',
    })),
  ];
}

interface ReferenceField {
  readonly path: readonly string[];
  /** Kind of what is referred to, where the reference does not say. */
  readonly kind: string;
}

const BY_FIELD: Readonly<Record<string, readonly ReferenceField[]>> = {
  HorizontalPodAutoscaler: [{ path: ['spec', 'scaleTargetRef'], kind: 'Deployment' }],
  ScaledObject: [{ path: ['spec', 'scaleTargetRef'], kind: 'Deployment' }],
  VerticalPodAutoscaler: [{ path: ['spec', 'targetRef'], kind: 'Deployment' }],
  Canary: [
    { path: ['spec', 'targetRef'], kind: 'Deployment' },
    { path: ['spec', 'autoscalerRef'], kind: 'HorizontalPodAutoscaler' },
    { path: ['spec', 'ingressRef'], kind: 'Ingress' },
  ],
  StatefulSet: [{ path: ['spec', 'serviceName'], kind: 'Service' }],
};

function byField(object: JsonObject, { path, kind }: ReferenceField): Reference {
  const reference = valueAt(object, ...path);
  const name = typeof reference === 'string' ? reference : textAt(reference, 'name');
  return { kind: textAt(reference, 'kind') ?? kind, name, path: path.join('.') };
}

function ofBinding(object: JsonObject): Reference[] {
  const role = mapAt(object, 'roleRef');
  if (role === undefined) return [];
  return [
    { kind: textAt(role, 'kind') ?? '', name: textAt(role, 'name'), path: 'roleRef' },
    ...mapsAt(object, 'subjects').map((each) => ({
      kind: textAt(each, 'kind') ?? '',
      name: textAt(each, 'name'),
      ...(textAt(each, 'namespace') === undefined ? {} : { namespace: textAt(each, 'namespace') ?? '' }),
      path: 'subjects',
    })),
  ];
}

function ofDestinationRule({ object, namespace }: ModelObject): Reference[] {
  if (object.kind !== 'DestinationRule') return [];
  const host = hostOf(textAt(object, 'spec', 'host') ?? '', namespace);
  return host === undefined
    ? []
    : [{ kind: 'Service', name: host.service, namespace: host.namespace, path: 'spec.host' }];
}

function ofPods({ spec, template }: { readonly spec: JsonObject; readonly template: string }): Reference[] {
  const path = `${template}.spec`;
  const needed = (kind: string, value: JsonValue | undefined, at: string, field = 'name') => ({
    kind,
    name: valueAt(value, 'optional') === true ? undefined : textAt(value, field),
    path: `${path}.${at}`,
  });
  const volumes = mapsAt(spec, 'volumes').flatMap((volume) => [
    needed('ConfigMap', valueAt(volume, 'configMap'), 'volumes'),
    needed('Secret', valueAt(volume, 'secret'), 'volumes', 'secretName'),
    needed('PersistentVolumeClaim', valueAt(volume, 'persistentVolumeClaim'), 'volumes', 'claimName'),
    ...mapsAt(volume, 'projected', 'sources').flatMap((source) => [
      needed('ConfigMap', valueAt(source, 'configMap'), 'volumes'),
      needed('Secret', valueAt(source, 'secret'), 'volumes'),
    ]),
  ]);
  const variables = containersOf({ spec }).flatMap((container) => [
    ...mapsAt(container, 'env').flatMap((each) => [
      needed('ConfigMap', valueAt(each, 'valueFrom', 'configMapKeyRef'), 'containers.env'),
      needed('Secret', valueAt(each, 'valueFrom', 'secretKeyRef'), 'containers.env'),
    ]),
    ...mapsAt(container, 'envFrom').flatMap((each) => [
      needed('ConfigMap', valueAt(each, 'configMapRef'), 'containers.envFrom'),
      needed('Secret', valueAt(each, 'secretRef'), 'containers.envFrom'),
    ]),
  ]);
  const pulled = listAt(spec, 'imagePullSecrets').map((each) => needed('Secret', each, 'imagePullSecrets'));
  return [
    ...volumes,
    ...variables,
    ...pulled,
    needed('ServiceAccount', spec, 'serviceAccountName', 'serviceAccountName'),
  ];
}

function secret(name: string | undefined, path: string): Reference {
  return { kind: 'Secret', name, path };
}

/** The Secrets that controllers make from what is rendered, by namespace and name. */
function secretsOf(model: ClusterModel): ReadonlySet<string> {
  return new Set(
    model.of('SealedSecret', 'ExternalSecret', 'Certificate').map(({ object, namespace }) => {
      const { name } = object.metadata;
      const made = textAt(object, 'spec', 'secretName') ?? textAt(object, 'spec', 'target', 'name') ?? name;
      return `${namespace}/${made}`;
    }),
  );
}

function missingSubsets(model: ClusterModel, at: ModelObject) {
  return backendsOf(at).flatMap(({ service, namespace, subset, path }) => {
    if (subset === undefined) return [];
    const isNamed = model
      .of('DestinationRule')
      .filter(({ object, namespace: own }) => {
        const host = hostOf(textAt(object, 'spec', 'host') ?? '', own);
        return host?.service === service && host.namespace === namespace;
      })
      .some(({ object }) => mapsAt(object, 'spec', 'subsets').some((each) => each['name'] === subset));
    return isNamed ? [] : [{ path, written: `there is no subset \`${subset}\` of Service/${service}` }];
  });
}

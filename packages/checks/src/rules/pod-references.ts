import { missingReferenceRule } from './missing-reference.ts';
import { referencesOfPods } from './pod-reference-names.ts';
import { podsOf } from './pods.ts';
import { mapsAt, textAt } from './reading.ts';

const FROM = { package: '@strake/checks', severity: 'warning' } as const;

/** Every ConfigMap that a pod needs is made. */
export const noMissingConfigMap = missingReferenceRule({
  ...FROM,
  code: 'no-missing-config-map',
  kind: 'ConfigMap',
  summary: 'ConfigMaps that an application of the cluster makes',
  why: 'The pod does not start until the ConfigMap exists.',
  fix: 'Declare a `Config`, correct the name, or mark the reference optional.',
  references: (target) =>
    // Kubernetes puts this one into every namespace (Kubernetes documentation: RootCAConfigMap).
    referencesOfPods(target).configMaps.filter(({ name }) => name !== 'kube-root-ca.crt'),
});

/** Every Secret that a pod needs is made, by whatever controller. */
export const noMissingSecret = missingReferenceRule({
  ...FROM,
  code: 'no-missing-secret',
  kind: 'Secret',
  summary: 'Secrets that an application of the cluster makes or claims',
  why: 'The pod does not start until the Secret exists.',
  fix: 'Declare a `SecretClaim`, correct the name, or mark the reference optional.',
  references: (target) => referencesOfPods(target).secrets,
  *made(target) {
    for (const { kind, name } of target.claims) if (kind === 'secret') yield `${target.namespace}/${name}`;
    for (const [kind, ...path] of SECRET_MAKERS) {
      for (const object of target.of(kind)) {
        const name = textAt(object, ...path) ?? object.metadata.name;
        yield `${object.metadata.namespace ?? target.namespace}/${name}`;
      }
    }
  },
});

/** Controllers' kinds that come to a Secret, and where its name stands if it is not the object's own. */
const SECRET_MAKERS: readonly (readonly [string, ...string[]])[] = [
  ['SealedSecret.bitnami.com', 'spec', 'template', 'metadata', 'name'],
  ['ExternalSecret.external-secrets.io', 'spec', 'target', 'name'],
  ['Certificate.cert-manager.io', 'spec', 'secretName'],
  ['VaultStaticSecret.secrets.hashicorp.com', 'spec', 'destination', 'name'],
  ['VaultDynamicSecret.secrets.hashicorp.com', 'spec', 'destination', 'name'],
];

/** Every ServiceAccount that a pod runs as is made. */
export const noMissingServiceAccount = missingReferenceRule({
  ...FROM,
  code: 'no-missing-service-account',
  kind: 'ServiceAccount',
  summary: 'service accounts that an application of the cluster makes',
  why: 'The API server refuses pods of a service account that does not exist.',
  fix: 'Attach `serviceAccount()`, or correct the name.',
  *references(target) {
    for (const { object, spec } of podsOf(target)) {
      const name = textAt(spec, 'serviceAccountName');
      if (name !== undefined && name !== 'default') yield { at: object, name };
    }
  },
});

/** Every PersistentVolumeClaim that a pod mounts is made. */
export const noMissingPvc = missingReferenceRule({
  ...FROM,
  code: 'no-missing-pvc',
  kind: 'PersistentVolumeClaim',
  summary: 'volume claims that an application of the cluster makes',
  why: 'The pod is not scheduled until the claim exists.',
  fix: 'Declare a `VolumeClaim`, or correct the name.',
  *references(target) {
    for (const { object, spec } of podsOf(target)) {
      for (const volume of mapsAt(spec, 'volumes')) {
        const name = textAt(volume, 'persistentVolumeClaim', 'claimName');
        if (name !== undefined) yield { at: object, name };
      }
    }
  },
});

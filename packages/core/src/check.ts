import { finding, type Finding } from './finding.ts';
import { identityKey, identityOf, type KubernetesObject } from './kubernetes-object.ts';
import type { Manifest } from './manifest.ts';
import type { RenderedApplication } from './render.ts';
import { waiverText } from './waiver-text.ts';

/** What holds for the objects of every application, whatever the platform. */
export function checkObjects(
  { application, manifests }: RenderedApplication,
  report: (finding: Finding) => void,
): void {
  for (const manifest of manifests) {
    const { kind, apiVersion } = manifest.object;
    if (kind === 'Secret' && apiVersion === 'v1') report(plaintextSecret(application, manifest));
  }
}

/** The application that made each object of an environment so far. */
export type MadeObjects = Map<string, string>;

/** Two applications of one environment must not make the same object. */
export function checkDuplicates(
  { application, manifests }: RenderedApplication,
  made: MadeObjects,
  report: (finding: Finding) => void,
): void {
  for (const { object } of manifests) {
    const key = identityKey(identityOf(object));
    const first = made.get(key);
    if (first === undefined) made.set(key, application);
    else report(duplicateObject([first, application], object));
  }
}

function plaintextSecret(application: string, { object, writer }: Manifest): Finding {
  const { name } = object.metadata;
  return finding({
    code: 'secret-plaintext',
    path: writer?.path ?? application,
    origins: [writer?.origin],
    written: `the Secret \`${name}\` in plain text`,
    allowed: 'secrets that a scope supplies, such as sealed ones',
    fix: 'Declare a `SecretClaim` and supply `sealedSecrets()` on the platform.',
    object: `Secret/${name}`,
    waive: waiverText('secret-plaintext', { application, object: `Secret/${name}` }),
  });
}

function duplicateObject([first, second]: readonly [string, string], object: KubernetesObject): Finding {
  const { name, namespace } = object.metadata;
  return finding({
    code: 'object-duplicate',
    path: second,
    written: `${object.kind} \`${name}\` in namespace \`${namespace ?? '(none)'}\`, which \`${first}\` makes too`,
    allowed: 'one object of a kind and name in a namespace',
    fix: 'Rename one of the components, or give the applications namespaces of their own.',
  });
}

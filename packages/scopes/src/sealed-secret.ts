import type { Component, KubernetesObject } from '@strake/core';
import type { SealedFile } from './sealed-file.ts';
import type { SealingScope } from './sealing.ts';

/** The SealedSecret of a claim, with the values of the claimed keys. */
export function sealedSecret(
  { labels }: Component,
  claim: { readonly name: string; readonly keys: readonly string[] },
  { encryptedData, scope }: SealedFile,
  namespace: string,
): KubernetesObject {
  const metadata = { name: claim.name, namespace, labels, annotations: annotationsOf(scope) };
  const values = [...new Set(claim.keys)].toSorted().map((key) => [key, encryptedData[key]]);
  return {
    apiVersion: 'bitnami.com/v1alpha1',
    kind: 'SealedSecret',
    metadata,
    spec: { encryptedData: Object.fromEntries(values), template: { metadata, type: 'Opaque' } },
  };
}

/** The controller reads them from the SealedSecret, its tools from the template: both have the same. */
function annotationsOf(scope: SealingScope): Readonly<Record<string, string>> | undefined {
  return scope === 'strict' ? undefined : { [`sealedsecrets.bitnami.com/${scope}`]: 'true' };
}

import type { ApplicationScopeContext, KubernetesObject, ObjectWriter } from '@strake/core';
import { isCertificate } from './gateway-hosts.ts';
import type { GatewayProperties } from './gateway.ts';
import { mapIn, mapsIn, textIn } from './json-parts.ts';
import { filled } from './pattern.ts';

/** Gives an Ingress the class, the host name and the issuer that it leaves open. */
export function completeIngress(
  object: KubernetesObject,
  properties: GatewayProperties,
  context: ApplicationScopeContext,
): void {
  const { ingressClassName, issuer } = properties;
  const spec = mapIn(object['spec']);
  const writer = writerOf(object, context);
  if (spec['ingressClassName'] === undefined && ingressClassName !== undefined)
    writer.set('spec.ingressClassName', ingressClassName);
  const rules = mapsIn(spec['rules']);
  const host = hostFor(object, properties, context);
  if (host !== undefined && rules.some((rule) => rule['host'] === undefined))
    writer.set(
      'spec.rules',
      rules.map((rule) => ({ host, ...rule })),
    );
  if (issuer === undefined || isCertified(object, context)) return;
  const key = `cert-manager.io/${issuer.kind === 'Issuer' ? 'issuer' : 'cluster-issuer'}`;
  writer.merge({ metadata: { annotations: { [key]: issuer.name } } });
}

/** Gives a route the gateway and the host name that it leaves open. */
export function completeRoute(
  object: KubernetesObject,
  properties: GatewayProperties,
  context: ApplicationScopeContext,
): void {
  const { parentRefs, hostnames } = mapIn(object['spec']);
  const { gateway } = properties;
  const writer = writerOf(object, context);
  if (parentRefs === undefined && gateway !== undefined) writer.set('spec.parentRefs', [{ ...gateway }]);
  const isOfMesh = mapsIn(parentRefs).some(({ kind }) => kind === 'Service');
  const host = hostFor(object, properties, context);
  if (hostnames === undefined && host !== undefined && !isOfMesh) writer.set('spec.hostnames', [host]);
}

/** Gives a certificate the issuer that it leaves open. */
export function completeCertificate(
  object: KubernetesObject,
  { issuer }: GatewayProperties,
  context: ApplicationScopeContext,
): void {
  if (issuer === undefined || mapIn(object['spec'])['issuerRef'] !== undefined) return;
  const { name, kind = 'ClusterIssuer' } = issuer;
  writerOf(object, context).merge({ spec: { issuerRef: { name, kind } } });
}

/** Whether the Secrets of an Ingress with TLS come from somewhere already, or it has no TLS. */
function isCertified(object: KubernetesObject, { objects }: ApplicationScopeContext): boolean {
  const secrets = mapsIn(mapIn(object['spec'])['tls']).map(({ secretName }) => textIn(secretName));
  const annotations = Object.keys(object.metadata.annotations ?? {});
  if (annotations.some((key) => /^cert-manager\.io\/(cluster-)?issuer$/.test(key))) return true;
  const kept = new Set(
    objects('Certificate')
      .filter(isCertificate)
      .map(({ spec }) => textIn(mapIn(spec)['secretName'])),
  );
  return secrets.every((secret) => kept.has(secret));
}

function hostFor(
  { metadata }: KubernetesObject,
  { host, domains: [domain = ''] = [] }: GatewayProperties,
  { application, namespace, environment }: ApplicationScopeContext,
): string | undefined {
  const component = metadata.labels?.['app.kubernetes.io/name'] ?? metadata.name;
  const values = { component, application, namespace, environment: environment.name, domain };
  return host === undefined ? undefined : filled(host, values);
}

function writerOf(
  { apiVersion, kind, metadata: { name, namespace } }: KubernetesObject,
  { edit }: ApplicationScopeContext,
): ObjectWriter {
  return edit({ apiVersion, kind, name, namespace });
}

import type { KubernetesObject } from '@strake/core';

/** Who documents the kinds of an API group. */
const DOCUMENTED_BY: Readonly<Record<string, string>> = {
  'autoscaling.k8s.io': 'Vertical Pod Autoscaler',
  'bitnami.com': 'sealed-secrets',
  'cert-manager.io': 'cert-manager.io',
  'external-secrets.io': 'external-secrets.io',
  'flagger.app': 'flagger.app',
  'gateway.networking.k8s.io': 'Gateway API',
  'keda.sh': 'keda.sh',
  'monitoring.coreos.com': 'prometheus-operator.dev',
  'networking.istio.io': 'istio.io',
  'security.istio.io': 'istio.io',
  'telemetry.istio.io': 'istio.io',
  'opentelemetry.io': 'opentelemetry.io',
};

/** Groups of Kubernetes itself, besides those whose name has no dot. */
const OWN_GROUPS =
  /^(|[a-z]+|(admissionregistration|authentication|authorization|certificates|coordination|discovery|events|flowcontrol|networking|node|policy|rbac\.authorization|resource|scheduling|storage)\.k8s\.io)$/;

/** Whether Kubernetes itself knows a kind, so that no CustomResourceDefinition does. */
export function isBuiltIn({ apiVersion }: KubernetesObject): boolean {
  return OWN_GROUPS.test(groupOf(apiVersion));
}

/** Whose documentation rules: what a docblock names in parentheses, else the kinds of the objects that are written. */
export function upstreamOf(docblock: string, written: readonly KubernetesObject[]): readonly string[] {
  const named = [...docblock.matchAll(/ \(([A-Za-z][\w .-]*): ([A-Za-z][^()]*)\)/g)].map(
    ([, source, what]) => `${source}: ${what}`,
  );
  if (named.length > 0) return named;
  const sources = written.map((object) => [sourceOf(object), object.kind] as const);
  return [...new Set(sources.map(([source]) => source))].map((source) => {
    const kinds = sources.flatMap(([each, kind]) => (each === source ? [kind] : []));
    return `${source}: ${[...new Set(kinds)].toSorted().join(', ')}`;
  });
}

function sourceOf(object: KubernetesObject): string {
  if (isBuiltIn(object)) return 'Kubernetes API';
  const group = groupOf(object.apiVersion);
  return DOCUMENTED_BY[group] ?? group;
}

function groupOf(apiVersion: string): string {
  return apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
}

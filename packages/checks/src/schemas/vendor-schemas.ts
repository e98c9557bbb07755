import { SCHEMAS as ARGO_ROLLOUTS } from './generated/argo-rollouts.generated.ts';
import { SCHEMAS as ARGOCD } from './generated/argocd.generated.ts';
import { SCHEMAS as CERT_MANAGER } from './generated/cert-manager.generated.ts';
import { SCHEMAS as EXTERNAL_SECRETS } from './generated/external-secrets.generated.ts';
import { SCHEMAS as FLAGGER } from './generated/flagger.generated.ts';
import { SCHEMAS as FLUX } from './generated/flux.generated.ts';
import { SCHEMAS as GATEWAY } from './generated/gateway.generated.ts';
import { SCHEMAS as ISTIO } from './generated/istio.generated.ts';
import { SCHEMAS as KEDA } from './generated/keda.generated.ts';
import { SCHEMAS as PROMETHEUS } from './generated/prometheus.generated.ts';
import { SCHEMAS as SEALED_SECRETS } from './generated/sealed-secrets.generated.ts';
import { SCHEMAS as VERTICAL_POD_AUTOSCALER } from './generated/vertical-pod-autoscaler.generated.ts';
import { unpackSchemas } from './packed-schemas.ts';
import type { SchemaNode, SchemaSet } from './schema-node.ts';

/** The sets that may have a kind, by the end of its API group. */
const SETS: Readonly<Record<string, readonly string[]>> = {
  'argoproj.io': [ARGOCD, ARGO_ROLLOUTS],
  'autoscaling.k8s.io': [VERTICAL_POD_AUTOSCALER],
  'bitnami.com': [SEALED_SECRETS],
  'cert-manager.io': [CERT_MANAGER],
  'external-secrets.io': [EXTERNAL_SECRETS],
  'fluxcd.io': [FLUX],
  'flagger.app': [FLAGGER],
  'gateway.networking.k8s.io': [GATEWAY],
  'istio.io': [ISTIO],
  'keda.sh': [KEDA],
  'monitoring.coreos.com': [PROMETHEUS],
};

const UNPACKED = new Map<string, SchemaSet>();

/** All kinds of one vendor, unpacked when first asked for. */
export function vendorKinds(group: string): ReadonlyMap<string, SchemaNode> {
  const packed = Object.entries(SETS).flatMap(([end, sets]) =>
    group === end || group.endsWith(`.${end}`) ? sets : [],
  );
  return new Map(packed.flatMap((text) => [...unpacked(text)]));
}

/** The ends of the API groups that have schemas of their own. */
export const VENDOR_GROUPS: readonly string[] = Object.keys(SETS);

function unpacked(text: string): SchemaSet {
  const known = UNPACKED.get(text) ?? unpackSchemas(text);
  UNPACKED.set(text, known);
  return known;
}

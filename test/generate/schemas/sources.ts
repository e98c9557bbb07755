/** A Go module that schemas are read from. */
export interface Source {
  readonly module: string;
  readonly version: string;
  /** As the module's own LICENSE file says. */
  readonly licence: 'Apache-2.0';
}

/** Files of a Go module that define custom resources. */
export interface VendorSource extends Source {
  /** Name of the generated set. */
  readonly set: string;
  /** A file, or a folder of files. */
  readonly path: string;
  /** Files of the folder that are left out: operators' own configuration, which no application has. */
  readonly without?: RegExp;
}

/** The Kubernetes versions that objects are checked against, newest first: the last patch of each that the proxy has. */
export const KUBERNETES_SOURCES: readonly Source[] = [
  'v1.37.2',
  'v1.36.3',
  'v1.35.4',
  'v1.34.4',
  'v1.33.13',
].map((version) => ({ module: 'k8s.io/kubernetes', version, licence: 'Apache-2.0' }));

const from = (
  set: string,
  module: string,
  version: string,
  path: string,
  without?: RegExp,
): VendorSource => ({
  set,
  module,
  version,
  path,
  licence: 'Apache-2.0',
  ...(without && { without }),
});

const BASES = 'config/crd/bases';

/** Everything else that Strake's own packages emit, and what stands beside it in many clusters. */
export const VENDOR_SOURCES: readonly VendorSource[] = [
  from('argocd', 'github.com/argoproj/argo-cd/v3', 'v3.5.1', 'manifests/crds'),
  from('argo-rollouts', 'github.com/argoproj/argo-rollouts', 'v1.9.1', 'manifests/crds'),
  from('cert-manager', 'github.com/cert-manager/cert-manager', 'v1.21.2', 'deploy/crds'),
  from(
    'external-secrets',
    'github.com/external-secrets/external-secrets',
    'v1.3.2',
    'config/crds/bases',
    /generators/,
  ),
  from('flagger', 'github.com/fluxcd/flagger', 'v1.44.0', 'artifacts/flagger/crd.yaml'),
  from('flux', 'github.com/fluxcd/helm-controller', 'v1.6.3', BASES),
  from('flux', 'github.com/fluxcd/image-reflector-controller', 'v1.1.1', BASES),
  from('flux', 'github.com/fluxcd/kustomize-controller', 'v1.9.4', BASES),
  from('flux', 'github.com/fluxcd/notification-controller', 'v1.9.3', BASES),
  from('flux', 'github.com/fluxcd/source-controller', 'v1.9.1', BASES),
  from('gateway', 'sigs.k8s.io/gateway-api', 'v1.6.1', 'config/crd/standard'),
  from('istio', 'istio.io/api', 'v1.30.3', 'kubernetes/customresourcedefinitions.gen.yaml'),
  from('keda', 'github.com/kedacore/keda/v2', 'v2.20.2', BASES),
  from(
    'prometheus',
    'github.com/prometheus-operator/prometheus-operator',
    'v0.93.0',
    'example/prometheus-operator-crd',
    /(alertmanagers|prometheusagents|prometheuses|thanosrulers)\.yaml$/,
  ),
  from('sealed-secrets', 'github.com/bitnami-labs/sealed-secrets', 'v0.40.0', 'helm/sealed-secrets/crds'),
  from(
    'vertical-pod-autoscaler',
    'k8s.io/autoscaler/vertical-pod-autoscaler',
    'v1.8.1',
    'deploy/vpa-v1-crd-gen.yaml',
  ),
];

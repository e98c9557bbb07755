import type { Inputs, Scope } from '@strake/core';
import * as scopes from '@strake/scopes';

/** Scopes that hold together. */
export interface MatrixScopes {
  readonly name: string;
  readonly scopes: readonly Scope[];
}

/** Hand-written properties of every scope that is exported; what a platform of some size would say. */
export const SCOPES: Readonly<Record<string, () => Scope>> = {
  externalSecrets: () => scopes.externalSecrets({ secretStoreRef: { name: 'vault' } }),
  gateway: () =>
    scopes.gateway({
      ingressClassName: 'traefik',
      gateway: { name: 'public', namespace: 'ingress' },
      domains: ['example.com'],
      issuer: { name: 'letsencrypt' },
    }),
  health: () => scopes.health({ progressDeadlineSeconds: 300 }),
  mesh: () => scopes.mesh({ cni: true, authorization: 'namespaces' }),
  namespace: () => scopes.namespace({ annotations: { 'acme.dev/owner': 'shop' } }),
  network: () => scopes.network(),
  observability: () => scopes.observability({ serviceMonitorSelector: { release: 'prometheus' } }),
  ownership: () => scopes.ownership({ owners: { trial: { team: 'shop' } } }),
  placement: () =>
    scopes.placement({ pools: [{ nodeSelector: { 'node.kubernetes.io/pool': 'shop' } }], zones: {} }),
  quota: () =>
    scopes.quota({ hard: { pods: 500 }, container: { defaultRequest: { cpu: '50m', memory: '64Mi' } } }),
  rules: () => scopes.rules({}),
  sealedSecrets: () => scopes.sealedSecrets(),
  security: () => scopes.security(),
};

const ALTERNATIVES = ['externalSecrets', 'sealedSecrets'];

/** The names of all scopes that are exported. */
export function scopeNames(): readonly string[] {
  return Object.keys(scopes).toSorted();
}

export const NO_SCOPE: MatrixScopes = { name: 'no scope', scopes: [] };

/** All scopes but one: of two that fulfil the same claim, one may hold. */
export const ALL_SCOPES: MatrixScopes = {
  name: 'all scopes',
  scopes: except('externalSecrets')
    .map((name) => SCOPES[name]?.())
    .filter((scope) => scope !== undefined),
};

/** The other way to keep secrets, and the other mode of the mesh. */
export const ALL_SCOPES_AMBIENT: MatrixScopes = {
  name: 'all scopes, ambient',
  scopes: [
    ...except('sealedSecrets', 'mesh').map((name) => SCOPES[name]?.()),
    scopes.mesh({ mode: 'ambient', authorization: 'namespaces' }),
  ].filter((scope) => scope !== undefined),
};

function except(...names: readonly string[]): readonly string[] {
  return Object.keys(SCOPES).filter(
    (name) => !names.includes(name) || !ALTERNATIVES.concat('mesh').includes(name),
  );
}

/** A value as sealed-secrets would make it; nobody can open it. */
const SEALED = btoa(String.fromCharCode(1, 0) + 'x'.repeat(256) + 'y'.repeat(32));

/** Data files for the claims of the matrix. */
export const INPUTS: Inputs = new Map([
  [
    'sealed/trial/trial/web',
    { name: 'web', namespace: 'trial', scope: 'strict', encryptedData: { PASSWORD: SEALED } },
  ],
]);

/** What exists in the cluster without being rendered. */
export const GIVEN: readonly string[] = [
  'CNI/istio',
  'Secret/orders-db',
  'Secret/registry',
  'ServiceAccount/deployer',
];

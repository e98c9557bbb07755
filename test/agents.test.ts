import type { Approval, KubernetesObject } from '@strake/core';
import { StrakeError } from '@strake/core';
import { argocd, type ArgocdProperties } from '@strake/gitops/argocd';
import { flux, type FluxProperties } from '@strake/gitops/flux';
import { expect, test } from 'vitest';
import { agentShop, Payments, Shop, type ShopFile } from './agent-shop.ts';
import { SCHEMAS_MISSING, violations } from './custom-resource.ts';

const HTTPS = { url: 'https://github.com/acme/gitops' };

/** Every property that there is, beside those that exclude each other. */
const FLUX: FluxProperties = {
  ...HTTPS,
  branch: 'release',
  path: 'deploy/gitops',
  names: { production: { payments: 'pay' } },
  keep: ['Service'],
  order: 'connections',
  namespace: 'flux-system',
  secretRef: { name: 'gitops' },
  interval: '1h30m',
  sourceInterval: '30s',
  retryInterval: '1m',
  timeout: '10m',
  prune: true,
  wait: true,
  serviceAccountName: 'deployer',
  imageUpdates: {
    author: { name: 'bot', email: 'bot@acme.example' },
    interval: '15m',
    registries: { 'ghcr.io': { secretRef: { name: 'ghcr' } } },
    signingKey: { type: 'ssh', secretRef: { name: 'key' } },
  },
};
const ARGOCD: ArgocdProperties = {
  ...HTTPS,
  branch: 'release',
  path: 'deploy/gitops',
  names: { production: { payments: 'pay' } },
  keep: ['Service'],
  order: 'connections',
  namespace: 'argocd',
  destinations: { 'eu-1': { name: 'eu' } },
  rootProject: 'platform',
  appProjects: true,
  prune: false,
  selfHeal: false,
  serverSideDiff: true,
  cascade: false,
  serviceAccountName: 'deployer',
  imageUpdates: {
    secretRef: { name: 'push' },
    registries: { 'ghcr.io': { secretRef: { name: 'ghcr' } } },
    forge: 'gitlab',
  },
};
const WINDOWS: Approval = {
  windows: [
    { kind: 'allow', schedule: '0 9 * * 1-4', duration: '8h', timeZone: 'Europe/Berlin', manualSync: true },
  ],
};

function named(files: readonly ShopFile[]): string[] {
  return files.map(({ object: { kind, metadata } }) => `${kind}/${metadata.name}`).toSorted();
}

test.for([
  ['flux', flux(HTTPS), 'none'],
  ['flux with everything', flux(FLUX), 'pull-request'],
  ['flux by hand', flux(FLUX), 'manual-sync'],
  ['argocd', argocd(HTTPS), 'none'],
  ['argocd with everything', argocd(ARGOCD), 'pull-request'],
  ['argocd with windows', argocd(HTTPS), WINDOWS],
  ['argocd with a set', argocd({ ...HTTPS, applicationSet: true }), 'manual-sync'],
] as const)('%s writes what the schemas of the agent have', ([, agent, approval], { skip }) => {
  skip(SCHEMAS_MISSING !== undefined, SCHEMAS_MISSING);
  const { ofAgent, findings } = agentShop(agent, { approval });
  expect(findings).toEqual([]);
  expect(ofAgent.length).toBeGreaterThan(1);
  expect(ofAgent.flatMap(({ object }) => violations(object as unknown as KubernetesObject))).toEqual([]);
});

test('flux() writes a Kustomization for each application, after those that it calls', () => {
  const { ofAgent, of } = agentShop(flux(HTTPS));
  expect(named(ofAgent)).toEqual([
    'GitRepository/production',
    'Kustomization/payments.production',
    'Kustomization/platform.production',
    'Kustomization/production',
    'Kustomization/shop.production',
  ]);
  expect(of('Kustomization', 'shop.production')).toMatchObject({
    path: 'clusters/eu-1/production/shop/kustomization.kustomize.toolkit.fluxcd.io-shop.production.yaml',
    text: `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: shop.production
  namespace: flux-system
spec:
  dependsOn:
    - name: payments.production
    - name: platform.production
  interval: 10m
  path: ./environments/production/shop
  prune: true
  retryInterval: 2m
  sourceRef:
    kind: GitRepository
    name: production
  timeout: 5m
  wait: true
`,
  });
  expect(of('Kustomization', 'platform.production')?.text).not.toContain('dependsOn');
});

test('argocd() writes an Application for each application, in waves, and ignores what a controller owns', () => {
  const { ofAgent, of } = agentShop(argocd({ ...HTTPS, appProjects: true }));
  expect(named(ofAgent)).toEqual([
    'AppProject/payments.production',
    'AppProject/platform.production',
    'AppProject/shop.production',
    'Application/payments.production',
    'Application/platform.production',
    'Application/production',
    'Application/shop.production',
  ]);
  const waves = ['platform', 'payments', 'shop'].map(
    (name) => /sync-wave: "(\d)"/.exec(of('Application', `${name}.production`)?.text ?? '')?.[1],
  );
  expect(waves).toEqual(['0', '1', '2']);
  expect(of('Application', 'shop.production')?.object).toMatchObject({
    spec: {
      project: 'shop.production',
      ignoreDifferences: [
        { group: 'apps', kind: 'Deployment', name: 'web', jsonPointers: ['/spec/replicas'] },
      ],
      syncPolicy: { automated: { prune: true, selfHeal: true } },
    },
  });
  expect(of('AppProject', 'platform.production')?.object).toMatchObject({
    spec: { clusterResourceWhitelist: [{ group: '', kind: 'Namespace' }], sourceRepos: [HTTPS.url] },
  });
  expect(of('AppProject', 'shop.production')?.object).toMatchObject({
    spec: { clusterResourceWhitelist: [], destinations: [{ namespace: 'shop' }] },
  });
});

test('objects carry the annotations of the configured agent alone, and only where they need one', () => {
  const annotatedBy = (agent: Parameters<typeof agentShop>[0]) =>
    agentShop(agent)
      .files.filter(({ path }) => path.startsWith('environments/'))
      .flatMap(({ path, text }) =>
        [...text.matchAll(/(?:fluxcd\.io|argoproj\.io)\/.*$/gm)].map(
          ([found]) => `${path.split('/').at(-1)} ${found}`,
        ),
      );
  expect(annotatedBy(undefined)).toEqual([]);
  expect(annotatedBy(flux(HTTPS))).toEqual([
    'namespace-payments.yaml fluxcd.io/prune: disabled',
    'namespace-shop.yaml fluxcd.io/prune: disabled',
    'job-migrate.yaml fluxcd.io/force: enabled',
    'persistentvolumeclaim-files.yaml fluxcd.io/prune: disabled',
  ]);
  expect(annotatedBy(argocd({ ...HTTPS, keep: ['PersistentVolumeClaim'] }))).toEqual([
    'job-migrate.yaml argoproj.io/sync-options: Force=true,Replace=true',
    'persistentvolumeclaim-files.yaml argoproj.io/compare-options: IgnoreExtraneous',
    'persistentvolumeclaim-files.yaml argoproj.io/sync-options: Prune=false,Delete=false',
  ]);
});

test('nothing is written for an agent that is not configured', () => {
  expect(agentShop(undefined).ofAgent).toEqual([]);
});

test("a project that is not the platform's home writes its own applications alone", () => {
  const { ofAgent } = agentShop(flux(HTTPS), { ownsPlatform: false });
  expect(named(ofAgent)).toEqual(['Kustomization/payments.production', 'Kustomization/shop.production']);
});

test('a part of a render writes the bytes of the whole one, whatever the order of the applications', () => {
  const whole = agentShop(argocd(HTTPS)).ofAgent;
  const reversed = agentShop(argocd(HTTPS), { applications: { payments: Payments, shop: Shop } }).ofAgent;
  expect(reversed).toEqual(whole);
  const part = agentShop(argocd(HTTPS), { applicationsWanted: ['shop'] }).ofAgent;
  expect(part).toEqual(whole.filter(({ path }) => path.includes('/shop/')));
});

test('an approval by hand suspends what Flux syncs, and takes the automation from Argo CD', () => {
  const suspended = agentShop(flux(HTTPS), { approval: 'manual-sync' });
  expect(suspended.of('Kustomization', 'shop.production')?.text).toContain('suspend: true');
  expect(suspended.of('Kustomization', 'production')?.text).not.toContain('suspend');
  const manual = agentShop(argocd(HTTPS), { approval: 'manual-sync' });
  expect(manual.of('Application', 'shop.production')?.text).not.toContain('automated');
  expect(manual.of('Application', 'production')?.text).toContain('automated');
});

test('windows stand in an AppProject, and are a finding where nothing has them', () => {
  expect(
    agentShop(argocd(HTTPS), { approval: WINDOWS }).of('AppProject', 'shop.production')?.object,
  ).toMatchObject({
    spec: {
      syncWindows: [
        { kind: 'allow', schedule: '0 9 * * 1-4', timeZone: 'Europe/Berlin', applications: ['*'] },
      ],
    },
  });
  for (const agent of [flux(HTTPS), argocd({ ...HTTPS, project: 'shop' }), undefined]) {
    const { findings } = agentShop(agent, { approval: WINDOWS });
    expect(findings[0]).toMatchObject({
      code: 'approval-unenforced',
      severity: 'error',
      path: 'platform/production',
    });
  }
});

test('a gate of each canary is asked for where the environment asks for one', () => {
  const { findings } = agentShop(flux(HTTPS), { approval: 'canary-gate' });
  expect(findings.map(({ code, severity, path }) => `${severity} ${code} ${path}`).toSorted()).toEqual([
    'warning approval-unenforced payments',
    'warning approval-unenforced shop',
  ]);
});

test('an image that the lock decides is moved by the bot of the agent', () => {
  const fluxed = agentShop(flux(FLUX), { approval: 'pull-request' });
  expect(named(fluxed.ofAgent).filter((name) => name.startsWith('Image'))).toEqual([
    'ImagePolicy/shop.production.web-3afaca6e',
    'ImageRepository/shop.production.web-3afaca6e',
    'ImageUpdateAutomation/production',
  ]);
  expect(fluxed.of('ImageUpdateAutomation', 'production')?.text).toContain('branch: flux/images-production');
  const argo = agentShop(argocd(ARGOCD), { approval: 'pull-request' });
  expect(argo.of('ImageUpdater', 'shop.production')?.object).toMatchObject({
    spec: {
      writeBackConfig: {
        gitConfig: { writeBackTarget: 'kustomization:/deploy/gitops/images/production/shop' },
      },
    },
  });
  const kustomization = argo.files.find(
    ({ path }) => path === 'environments/production/shop/kustomization.yaml',
  );
  expect(kustomization?.object).toMatchObject({ components: ['../../../images/production/shop'] });
});

test('a policy that Flux would not find is a finding', () => {
  const { findings } = agentShop(flux({ ...FLUX, namespace: 'gitops' }));
  expect(findings).toMatchObject([{ code: 'image-policy-unsupported', severity: 'warning', path: 'shop' }]);
});

test('names that exist are kept, also where others wait for them', () => {
  const { of } = agentShop(flux(FLUX));
  expect(of('Kustomization', 'pay')?.text).toContain(
    'path: ./deploy/gitops/environments/production/payments',
  );
  expect(of('Kustomization', 'shop.production')?.text).toContain('- name: pay\n');
});

test.each([
  [() => flux({ url: 'git@github.com:acme/gitops.git' }), 'is no URL that begins with'],
  [() => flux({ url: 'https://bot:token@github.com/acme/gitops' }), 'has credentials'],
  [() => flux({ ...HTTPS, interval: '1d' }), 'is no duration'],
  [() => flux({ ...HTTPS, path: '../elsewhere' }), 'is no folder below the root'],
  [() => argocd({ ...HTTPS, project: 'shop', appProjects: true }), 'names a project that exists'],
  [() => argocd({ ...HTTPS, serviceAccountName: 'deployer' }), 'and wants `appProjects: true`'],
])('refuses what the agent would not take: %s', (make, allowed) => {
  const findings = ((): StrakeError['findings'] => {
    try {
      make();
      return [];
    } catch (error) {
      return StrakeError.is(error) ? error.findings : [];
    }
  })();
  expect(findings).toMatchObject([{ code: 'property-invalid', path: expect.stringMatching(/^agent\//) }]);
  expect(JSON.stringify(findings)).toContain(allowed);
});

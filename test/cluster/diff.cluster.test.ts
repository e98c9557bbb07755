import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { ApiObject } from 'cdk8s';
import { createColors } from 'picocolors';
import { WebService } from '@strake/components';
import { Application, defineConfig, defineOperations, Platform } from '@strake/core';
import { autoscale, replicas, resources } from '@strake/traits';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test, vi } from 'vitest';
import { run } from '../../packages/strake/src/program.ts';
import { ROOT } from '../files.ts';
import { runOn, type Said } from '../laws/in-process.ts';
import { tool } from '../tools/kubernetes-tools.ts';
import { type Applied, applyManifests } from './apply.ts';
import { exampleNames, renderExample } from './examples.ts';
import { foldersOfManifests, manifestsOf } from './manifests.ts';
import { applyText } from './objects.ts';

const cluster = inject('cluster');
const work = mkdtempSync(join(tmpdir(), 'strake-diff-'));

beforeAll(() => {
  const kubectl = tool('kubectl');
  if ('missing' in kubectl) throw new Error(kubectl.missing);
  vi.stubEnv('PATH', `${dirname(kubectl.path)}${delimiter}${process.env['PATH']}`);
});
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(work, { recursive: true, force: true });
});

const LIVE = ['diff', '--live', '--no-check', '--kubeconfig', cluster.kubeconfig, '--context', 'tests'];

/** Runs kubectl as a person would. */
function kubectl(...words: readonly string[]): void {
  const { status, stderr } = spawnSync('kubectl', ['--kubeconfig', cluster.kubeconfig, ...words], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
}

/** The kubeconfig of the cluster with another user in it. */
function configWith(change: (user: object) => object): string {
  const config = JSON.parse(readFileSync(cluster.kubeconfig, 'utf8'));
  return JSON.stringify({ ...config, users: [{ name: 'tests', user: change(config.users[0].user) }] });
}

async function strakeIn(directory: string, words: readonly string[]) {
  const said = { out: '', err: '' };
  const io = {
    out: (text: string) => void (said.out += text),
    err: (text: string) => void (said.err += text),
    colors: createColors(false),
    directory,
  };
  return { code: await run(words, '0.0.0', io), ...said };
}

describe.runIf(cluster.crds > 0)('in a synced cluster', () => {
  test.each(exampleNames())('nothing differs of the example %s', async (name) => {
    const targets = renderExample(name, join(work, name)).filter((each) =>
      each.name.startsWith('environments/'),
    );
    expect(targets).not.toEqual([]);
    for (const target of targets) {
      const applied = await applyManifests(cluster, target.folders.flatMap(manifestsOf));
      try {
        const words = [...LIVE, '--env', target.name.slice('environments/'.length)];
        const { code, out, err } = await strakeIn(join(ROOT, 'examples', name), words);
        console.log(`${name}: ${err.trim()}`);
        expect.soft({ code, out, err }, target.name).toMatchObject({ code: 0, out: '' });
        expect
          .soft(err, target.name)
          .toMatch(/^no object differs from \w+ \(tests\) as kustomize-controller/);
      } finally {
        await applied.remove();
      }
    }
  });
});

class Shop extends Application {
  readonly web = new WebService(this, 'web', {
    image: 'nginx:1.27.1',
    env: { LEVEL: 'info' },
    ports: { http: 80 },
  });
  readonly api = new WebService(this, 'api', { image: 'nginx:1.27.1', ports: { http: 80 } });
}

class Strange extends Shop {
  readonly strange = new ApiObject(this, 'strange', {
    apiVersion: 'example.com/v1',
    kind: 'Strange',
    metadata: { name: 'one' },
  });
}

function config(shop: typeof Shop = Shop) {
  return defineConfig({
    project: 'shop',
    applications: { shop },
    platform: new Platform('acme', { environments: { live: {} } }),
    operations: [
      defineOperations(shop, (shop) => {
        shop.web.attach(replicas({ count: 2 }));
        shop.api.attach(resources({ requests: { cpu: '100m' } }), autoscale({ min: 1, max: 5, cpu: 80 }));
      }),
    ],
  });
}

const SHOP = ['--namespace', 'shop'];
const FLUX = '--field-manager=kustomize-controller';

/** The lines of a diff without who wrote what. */
function linesOf({ out }: Pick<Said, 'out'>): string[] {
  return out
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.replace(/ {3}\(.*\)$/, ''));
}

describe('after what people and controllers do to a synced cluster', () => {
  let applied: Applied;

  beforeEach(async () => {
    const { code, err } = await runOn(() => config(), ['synth', '--no-check'], work);
    if (code !== 0) throw new Error(err);
    applied = await applyManifests(
      cluster,
      foldersOfManifests(join(work, 'gitops', 'environments')).flatMap(manifestsOf),
    );
    if (applied.complaints.length > 0) throw new Error(applied.complaints.join('\n'));
  });
  afterEach(() => applied.remove());

  const live = (...words: readonly string[]) => runOn(() => config(), [...LIVE, ...words], work);
  /** The lines that say what differs. */
  const shown = async (): Promise<readonly string[]> => linesOf(await live());

  test('nothing is shown before', async () => {
    expect(await live()).toMatchObject({ code: 0, out: '' });
  });

  test('a changed field is shown, with the line that wrote what it goes back to', async () => {
    kubectl('patch', 'service', 'web', ...SHOP, '--patch={"spec":{"ports":[{"port":80,"targetPort":81}]}}');
    const { out, code } = await live();
    expect({ code, lines: linesOf({ out }) }).toEqual({
      code: 1,
      lines: ['~ Service/web (live/shop)', '    spec.ports[80/TCP].targetPort: 81 → "http"'],
    });
    expect(out).toMatch(/\(web-service {2}.*diff\.cluster\.test\.ts:\d+\)/);
  });

  test('a field that kubectl added is shown as one that Flux removes', async () => {
    kubectl('patch', 'deployment', 'web', ...SHOP, '--patch={"spec":{"minReadySeconds":7}}');
    const { out, code } = await live();
    expect({ code, lines: linesOf({ out }) }).toEqual({
      code: 1,
      lines: ['~ Deployment/web (live/shop)', '    spec.minReadySeconds: 7 → none'],
    });
    expect(out).toContain('(added by kubectl-patch)');
  });

  test('a removed label is shown', async () => {
    kubectl('label', 'deployment', 'web', ...SHOP, 'app.kubernetes.io/name-');
    expect(await shown()).toEqual([
      '~ Deployment/web (live/shop)',
      '    metadata.labels[app.kubernetes.io/name]: none → "web"',
    ]);
  });

  test('scaled replicas are shown, and not those that an autoscaler decides', async () => {
    kubectl('scale', 'deployment', 'web', ...SHOP, '--replicas=9');
    kubectl('scale', 'deployment', 'api', ...SHOP, '--replicas=4');
    expect(await shown()).toEqual(['~ Deployment/web (live/shop)', '    spec.replicas: 9 → 2']);
  });

  test('a deleted object is shown', async () => {
    kubectl('delete', 'service', 'web', ...SHOP);
    expect(await shown()).toEqual(['+ Service/web (live/shop)']);
  });

  test('of extra objects, the one that the agent applied is shown apart, and no other', async () => {
    const labels = { 'app.kubernetes.io/managed-by': 'strake', 'app.kubernetes.io/part-of': 'shop' };
    const map = (name: string) =>
      JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'shop', labels } });
    await applyText(cluster, map('old'));
    kubectl('create', 'configmap', 'mine', ...SHOP);
    kubectl('label', 'configmap', 'mine', ...SHOP, ...Object.entries(labels).map((each) => each.join('=')));
    expect(await shown()).toEqual(['In the cluster, and no longer rendered:', '- ConfigMap/old (live/shop)']);
    kubectl('delete', 'configmap', 'mine', 'old', ...SHOP);
  });

  test('a changed image is shown', async () => {
    kubectl('set', 'image', 'deployment/web', ...SHOP, 'web=nginx:latest');
    expect(await shown()).toEqual([
      '~ Deployment/web (live/shop)',
      '    spec.template.spec.containers.web.image: "nginx:latest" → "nginx:1.27.1"',
    ]);
  });

  test('an added variable is shown as one that Flux removes', async () => {
    kubectl('set', 'env', 'deployment/web', ...SHOP, 'DEBUG=1');
    expect(await shown()).toEqual([
      '~ Deployment/web (live/shop)',
      '    spec.template.spec.containers.web.env.DEBUG: {"name":"DEBUG","value":"1"} → none',
    ]);
  });

  test('an annotation and a field of a controller are not shown', async () => {
    kubectl(
      'annotate',
      'deployment',
      'web',
      ...SHOP,
      'example.com/seen=yes',
      '--field-manager=some-controller',
    );
    const patch = '--patch={"spec":{"revisionHistoryLimit":3}}';
    kubectl('patch', 'deployment', 'web', ...SHOP, '--field-manager=some-controller', patch);
    expect(await live()).toMatchObject({ code: 0, out: '' });
  });

  test('a changed status is not shown', async () => {
    kubectl(
      'patch',
      'deployment',
      'web',
      ...SHOP,
      '--subresource=status',
      '--type=merge',
      '--patch={"status":{"collisionCount":7}}',
    );
    expect(await live()).toMatchObject({ code: 0, out: '' });
  });

  test('what the agent no longer has is shown as removed, by what it owns', async () => {
    const words = ['apply', '--server-side', FLUX, '--force-conflicts', ...SHOP, '-f', '-'];
    const old = {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'web', labels: { old: 'one' } },
      spec: {
        ports: [
          { name: 'http', port: 80, protocol: 'TCP' },
          { name: 'admin', port: 81, protocol: 'TCP' },
        ],
      },
    };
    const { status, stderr } = spawnSync('kubectl', ['--kubeconfig', cluster.kubeconfig, ...words], {
      input: JSON.stringify(old),
      encoding: 'utf8',
    });
    expect({ status, stderr }).toMatchObject({ status: 0 });
    const lines = linesOf(await live());
    expect(lines).toContain('    metadata.labels.old: "one" → none');
    expect(lines.join('\n')).toMatch(/^ {4}spec\.ports\[81\/TCP\]: \{.*\} → none$/m);
    expect(lines.join('\n')).not.toMatch(/clusterIP|ipFamil|sessionAffinity/);
  });

  test('what a person added stays where the agent is Argo CD, and is told', async () => {
    kubectl('set', 'env', 'deployment/web', ...SHOP, 'DEBUG=1');
    const { out, code } = await live('--field-manager=argocd-controller');
    expect(code).toBe(1);
    expect(out).toContain(
      'env.DEBUG: {"name":"DEBUG","value":"1"} stays   (added by kubectl-set, and argocd-controller leaves it)',
    );
  });

  test('what the API server refuses is an error that names the object, and all others are compared', async () => {
    kubectl('delete', 'deployment', 'web', ...SHOP);
    const labels = { app: 'other' };
    const spec = {
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [{ name: 'web', image: 'nginx' }] } },
    };
    const metadata = { name: 'web', namespace: 'shop' };
    await applyText(cluster, JSON.stringify({ apiVersion: 'apps/v1', kind: 'Deployment', metadata, spec }));
    kubectl('label', 'service', 'web', ...SHOP, 'app.kubernetes.io/name-');
    const { code, out, err } = await live();
    expect(code).toBe(2);
    expect(err).toMatch(/apply-refused {2}shop.*\n.*Deployment\/web: .*selector.*immutable/);
    expect(linesOf({ out })).toEqual([
      '~ Service/web (live/shop)',
      '    metadata.labels[app.kubernetes.io/name]: none → "web"',
    ]);
  });

  test('an object of a kind that the cluster does not serve is one to be added, and the kind is named', async () => {
    const { code, out, err } = await runOn(() => config(Strange), LIVE, work);
    expect({ code, lines: linesOf({ out }) }).toEqual({ code: 1, lines: ['+ Strange/one (live/shop)'] });
    expect(err).toContain('kind-missing');
    expect(err).toContain('serves no Strange of example.com/v1');
  });

  test.runIf(cluster.crds > 0)(
    'what the inventory of Flux has and is not rendered is to be pruned',
    async () => {
      const map = (name: string) => ({
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name, namespace: 'shop' },
      });
      await applyText(cluster, JSON.stringify(map('old')));
      const named = { name: 'live-shop', namespace: 'shop' };
      const path = './environments/live/shop';
      const spec = {
        interval: '1m',
        path,
        prune: true,
        sourceRef: { kind: 'GitRepository', name: 'gitops' },
      };
      const apiVersion = 'kustomize.toolkit.fluxcd.io/v1';
      await applyText(cluster, JSON.stringify({ apiVersion, kind: 'Kustomization', metadata: named, spec }));
      const entries = ['shop_old__ConfigMap', 'shop_gone__ConfigMap', 'shop_web__Service'].map((id) => ({
        id,
        v: 'v1',
      }));
      const patch = `--patch=${JSON.stringify({ status: { inventory: { entries } } })}`;
      kubectl('patch', 'kustomization', 'live-shop', ...SHOP, '--subresource=status', '--type=merge', patch);
      expect(await shown()).toEqual([
        'In the cluster, and no longer rendered:',
        '- ConfigMap/old (live/shop)',
      ]);
      kubectl('delete', 'configmap/old', 'kustomization/live-shop', ...SHOP);
    },
  );

  test('a user who may read and not apply is told so once, and it ends with 2', async () => {
    kubectl('create', 'clusterrole', 'diff-viewer', '--verb=get,list', '--resource=*.*');
    kubectl('create', 'clusterrolebinding', 'diff-viewer', '--clusterrole=diff-viewer', '--user=viewer');
    try {
      const kubeconfig = join(work, 'viewer.json');
      writeFileSync(
        kubeconfig,
        configWith((user) => ({ ...user, as: 'viewer' })),
      );
      const { code, out, err } = await live('--kubeconfig', kubeconfig);
      expect({ code, out }).toEqual({ code: 2, out: '' });
      expect(err.match(/cluster-denied/g)).toHaveLength(1);
      expect(err).toMatch(/User "viewer" cannot patch resource/);
    } finally {
      kubectl('delete', 'clusterrolebinding/diff-viewer', 'clusterrole/diff-viewer');
    }
  });

  test('the dry runs change nothing', async () => {
    kubectl('scale', 'deployment', 'web', ...SHOP, '--replicas=9');
    await live();
    expect(await shown()).toEqual(['~ Deployment/web (live/shop)', '    spec.replicas: 9 → 2']);
  });
});

describe('where a comparison cannot be made', () => {
  beforeEach(async () => void (await runOn(() => config(), ['synth', '--no-check'], work)));
  const live = (...words: readonly string[]) =>
    runOn(
      () => config(),
      ['diff', '--live', '--no-check', '--kubeconfig', cluster.kubeconfig, ...words],
      work,
    );

  test('a missing namespace is named, and its objects are ones to be added', async () => {
    const { code, out, err } = await live('--context', 'tests');
    expect(code).toBe(1);
    expect(out).toMatch(/^\+ Deployment\/web \(live\/shop\)/m);
    expect(err).toContain('namespace-missing');
  });

  test('an unknown context ends with 2', async () => {
    const { code, out, err } = await live('--context', 'live=nowhere');
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain('context-unknown');
    expect(err).toContain('one of tests');
  });

  test('a cluster that does not answer ends with 2', async () => {
    const kubeconfig = join(work, 'nowhere.json');
    const clusters = [{ name: 'tests', cluster: { server: 'https://127.0.0.1:1' } }];
    const contexts = [{ name: 'tests', context: { cluster: 'tests', user: 'tests' } }];
    const kube = { apiVersion: 'v1', kind: 'Config', 'current-context': 'tests', clusters, contexts };
    writeFileSync(kubeconfig, JSON.stringify({ ...kube, users: [{ name: 'tests', user: {} }] }));
    const { code, out, err } = await live('--kubeconfig', kubeconfig);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain('cluster-unreachable');
  });

  test('a user whom the cluster does not know ends with 2', async () => {
    const kubeconfig = join(work, 'denied.json');
    writeFileSync(
      kubeconfig,
      configWith(() => ({ token: 'wrong' })),
    );
    const { code, out, err } = await live('--kubeconfig', kubeconfig);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain('cluster-denied');
  });

  test('without kubectl it ends with 2', async () => {
    vi.stubEnv('PATH', work);
    const { code, err } = await live();
    vi.stubEnv('PATH', dirname(process.execPath));
    expect(code).toBe(2);
    expect(err).toContain('kubectl-missing');
  });
});

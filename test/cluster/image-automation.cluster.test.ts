import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import * as z from 'zod';
import {
  type DockerRegistry,
  dockerRegistryProgram,
  push as pushImage,
  startDockerRegistry,
} from '../registry/docker-registry.ts';
import { eventually } from './eventually.ts';
import { type GitServer, startGitServer } from './git-server.ts';
import { type Cluster, startCluster } from './harness.ts';
import { lockedShop } from './locked-shop.ts';
import { applyText, type ObjectName, readObject } from './objects.ts';
import { DELIVERER, repositoryOf, strakeBeside } from './project-beside.ts';
import { isWarm } from './suite.ts';

const LOCK = (environment: string) => `images/${environment}/shop/kustomization.yaml`;
const DEPLOYMENT = (environment: string) => `environments/${environment}/shop/deployment-web.yaml`;
const STAGING: ObjectName = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  name: 'web',
  namespace: 'shop-staging',
};

const POLICY = { apiVersion: 'image.toolkit.fluxcd.io/v1', kind: 'ImagePolicy', namespace: 'flux-system' };

/** The automation looks every two seconds. */
const SEVERAL_LOOKS_MS = 7_000;

const deployment = z.looseObject({
  spec: z.looseObject({
    template: z.looseObject({
      spec: z.looseObject({
        containers: z.array(z.looseObject({ name: z.string(), image: z.string() })),
        initContainers: z.array(z.looseObject({ name: z.string(), image: z.string() })),
      }),
    }),
  }),
  status: z.looseObject({ readyReplicas: z.number().optional() }).optional(),
});

const program = isWarm('image-automation', ['workloads', 'flux-images'])
  ? dockerRegistryProgram()
  : undefined;

describe.runIf(program !== undefined)("with Flux's image controllers and a real registry", () => {
  let cluster: Cluster;
  let registry: DockerRegistry;
  let repository: GitServer;
  let old = '';
  const strakeOf = (words: readonly string[]) => {
    const shop = { registry: registry.host, repository: repositoryOf(repository) };
    return strakeBeside(repository, () => lockedShop(shop), ...words);
  };
  const strake = (line: string) => strakeOf(line.split(' '));
  const release = (name: string, tag: string, text = tag) =>
    pushImage(`${registry.host}/acme/${name}`, [tag], { text });
  const writeLock = (text: string) => writeFileSync(join(repository.checkout, LOCK('staging')), text);
  const read = (path: string) => readFileSync(join(repository.checkout, path), 'utf8');

  beforeAll(async () => {
    for (const [name, value] of Object.entries(DELIVERER)) vi.stubEnv(name, value);
    registry = await startDockerRegistry(program ?? '');
    old = await release('web', '1.4.2');
    for (const tag of ['1.3.0', '1.5.0-rc.1', 'latest']) await release('web', tag);
    for (const tag of ['main-abc-99', 'main-fff-100', 'main']) await release('log', tag);
    await release('cache', 'main', 'first');
    repository = await startGitServer();
    cluster = await startCluster();
    await cluster.with(['workloads', 'flux-images']);
    await strake('images update');
    repository.push('lock the images');
    await strake('deliver --mode push');
    repository.pull();
    await applyText(cluster, (await strake('agent')).out);
  });

  afterAll(async () => {
    vi.unstubAllEnvs();
    await cluster?.stop();
    await repository?.stop();
    registry?.close();
  });

  /** Images of the pods that run, by container. */
  async function images(): Promise<Record<string, string>> {
    const { spec } = deployment.parse(await readObject(cluster, STAGING));
    const { containers, initContainers } = spec.template.spec;
    return Object.fromEntries([...containers, ...initContainers].map(({ name, image }) => [name, image]));
  }

  /** The commits that the bot makes on a branch after one that is known, once it has changed a file there. */
  async function untilCommitted(branch: string, file: string, wanted: string): Promise<string> {
    return eventually(
      `${wanted} in ${file} of ${branch}`,
      async () => {
        try {
          const commit = repository.pull(branch);
          return read(file).includes(wanted) ? commit : undefined;
        } catch {
          return undefined;
        }
      },
      { seconds: 90 },
    );
  }

  test('nothing is committed while the lock has what the policies choose', async () => {
    const before = repository.head();
    await eventually(
      'the pods run',
      async () => {
        const found = deployment.safeParse(await readObject(cluster, STAGING));
        return found.data?.status?.readyReplicas === 1 ? true : undefined;
      },
      { seconds: 90 },
    );
    expect(repository.pull()).toBe(before);
  });

  test('a new tag is committed to lock and render, a synth changes no byte, and the pods follow', async () => {
    const before = repository.pull();
    const digest = await release('web', '1.4.3');
    await release('web', '2.0.0');
    await release('log', 'main-0a1-101');
    await untilCommitted('main', DEPLOYMENT('staging'), 'log:main-0a1-101');
    await untilCommitted('main', DEPLOYMENT('staging'), 'web:1.4.3');
    expect(read(LOCK('staging'))).toContain(
      'newTag: "1.4.3" # {"$imagepolicy": "flux-system:shop.staging.web-',
    );
    const commits = (format: string) => repository.git('log', `--format=${format}`, `${before}..HEAD`);
    expect(new Set(commits('%an <%ae> %s').trim().split('\n'))).toEqual(
      new Set(['bot <bot@acme.example> chore(staging): update images']),
    );
    expect(commits('%b')).toContain('1.4.2 -> 1.4.3');
    await strake('synth --env staging');
    expect(repository.git('status', '--porcelain')).toBe('');
    await strake('synth --env staging --verify');
    expect((await strake('deliver --env staging --mode push')).out).toContain('staging  unchanged');
    expect((await strake('log --env staging --object Deployment/web')).out).toContain('bot');
    const running = await eventually('the new image runs', async () => {
      const now = await images();
      return now['web']?.includes('1.4.3') === true ? now : undefined;
    });
    expect(running).toMatchObject({
      web: `${registry.host}/acme/web:1.4.3@${digest}`,
      log: `${registry.host}/acme/log:main-0a1-101`,
    });
  });

  test('a tag that the registry moves is followed by its digest', async () => {
    const digest = await release('cache', 'main', 'second');
    await untilCommitted('main', LOCK('staging'), digest);
    await strake('synth --env staging');
    expect(repository.git('status', '--porcelain')).toBe('');
    await eventually('the pods have the new digest', async () =>
      (await images())['cache']?.endsWith(digest) === true ? true : undefined,
    );
  });

  test('in an emergency the image stays that people locked, until the next delivery as usual', async () => {
    const marked = read(LOCK('staging'));
    const entry = /(acme\/web\n) *digest: .*\n *newTag: .*\n/;
    const older = marked.replace(entry, `$1    digest: "${old}"\n    newTag: "1.4.2"\n`);
    writeLock(older);
    repository.push('back to 1.4.2');
    await strakeOf(['deliver', '--emergency', '--env', 'staging', '--reason', 'it fails']);
    await release('log', 'main-0b2-102');
    await eventually('no policy is left', async () => {
      const [, name = ''] = /flux-system:(shop.staging.log-\w+)/.exec(marked) ?? [];
      return (await readObject(cluster, { ...POLICY, name })) === undefined ? true : undefined;
    });
    await sleep(SEVERAL_LOOKS_MS);
    repository.pull();
    expect(read(DEPLOYMENT('staging'))).toMatch(/web:1\.4\.2@[^]*log:main-0a1-101/);
    expect(await images()).toMatchObject({
      web: `${registry.host}/acme/web:1.4.2@${old}`,
      log: `${registry.host}/acme/log:main-0a1-101`,
    });
    writeLock(marked);
    repository.push('with markers again');
    await strake('deliver --env staging --mode push');
    await untilCommitted('main', DEPLOYMENT('staging'), 'log:main-0b2-102');
    await strake('synth --env staging');
    expect(repository.git('status', '--porcelain')).toBe('');
  });

  test('an environment with approval gets a branch to review, and nothing else', async () => {
    const branch = 'flux/images-production';
    await untilCommitted(branch, DEPLOYMENT('production'), 'web:1.4.3');
    await strake('synth --env production');
    expect(repository.git('status', '--porcelain')).toBe('');
    repository.pull();
    expect(read(LOCK('production'))).toContain('newTag: "1.4.2"');
    expect(read(DEPLOYMENT('production'))).toContain('web:1.4.2');
  });
});

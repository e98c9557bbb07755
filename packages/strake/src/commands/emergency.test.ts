import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { WebService } from '@strake/components';
import { Application, defineConfig, defineOperations, image, Platform } from '@strake/core';
import { flux } from '@strake/gitops/flux';
import { replicas } from '@strake/traits';
import { canary } from '@strake/traits/flagger';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ROOT } from '../../../../test/files.ts';
import { gitRemote, type GitRemote } from '../../../../test/git-remote.ts';
import { runOn, type Said } from '../../../../test/laws/in-process.ts';
import { temporary } from '../../../../test/temporary.ts';

class Shop extends Application {
  readonly web = new WebService(this, 'web', {
    image: image({ name: 'ghcr.io/acme/web', policy: 'minor' }),
    ports: { http: 80 },
  });
}

const outer = temporary();
let project = '';
let remote: GitRemote;
beforeEach(() => {
  remote = gitRemote(outer());
  project = join(outer(), 'project');
  mkdirSync(project);
  symlinkSync(join(ROOT, 'node_modules'), join(project, 'node_modules'));
  for (const [name, value] of Object.entries(remote.variables)) vi.stubEnv(name, value);
  for (const environment of ['staging', 'production']) lock(environment, '1.4.2');
});
afterEach(() => vi.unstubAllEnvs());

const MARKER = (environment: string) => `flux-system:shop.${environment}.web-6c5f0bd1`;

/** Locks the image in the repository, and in the checkout of it. */
function lock(environment: string, tag: string): void {
  const path = `images/${environment}/shop/kustomization.yaml`;
  const text = `apiVersion: kustomize.config.k8s.io/v1alpha1
kind: Component
images:
  - name: ghcr.io/acme/web
    newTag: "${tag}" # {"$imagepolicy": "${MARKER(environment)}:tag"}
`;
  remote.commit({ [path]: text });
  mkdirSync(dirname(join(project, 'gitops', path)), { recursive: true });
  writeFileSync(join(project, 'gitops', path), text);
}

/** What the next run renders, where it is not what there was before. */
let count = 3;

function strake(...words: string[]): Promise<Said> {
  const make = () =>
    defineConfig({
      project: 'shop',
      applications: { shop: Shop },
      operations: [
        defineOperations(Shop, (shop) => {
          shop.web.attach(
            replicas({ count }),
            canary({
              stepWeight: 10,
              metrics: [{ name: 'request-success-rate', thresholdRange: { min: 99 } }],
            }),
          );
        }),
      ],
      platform: new Platform('acme', {
        environments: { staging: {}, production: { approval: 'pull-request', emergency: true } },
      }),
      repository: { url: remote.url },
      agent: flux({
        url: 'https://github.com/acme/gitops',
        imageUpdates: { author: { name: 'flux', email: 'flux@example.org' } },
      }),
    });
  return runOn(make, words, project);
}

async function good(...words: string[]): Promise<Said> {
  const said = await strake(...words);
  expect(said.code, said.err).toBe(0);
  return said;
}

const CANARY = 'environments/production/shop/canary.flagger.app-web.yaml';
const RECORD = '.strake/emergencies/shop/production.json';
const EMERGENCY = ['deliver', '--emergency', '--env', 'production', '--reason', 'payments fail'];

/** The files of a branch, as a checkout beside the configuration would have them. */
function checkout(): void {
  const folder = join(project, 'gitops');
  rmSync(join(folder, '.strake'), { recursive: true, force: true });
  for (const path of remote.files().filter((each) => each.startsWith('.strake/'))) {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), remote.text(path));
  }
}

test('an emergency goes past the pull request and the analysis, and stops the bot that chooses images', async () => {
  await good('deliver', '--mode', 'push');
  const policies = () => remote.files().filter((path) => path.includes('imagepolicy'));
  expect(policies().some((path) => path.includes('production'))).toBe(true);
  count = 5;
  const { out } = await good(...EMERGENCY);
  expect(out).toMatch(/^production {2}delivered .* main {2}\w{12}$/m);
  expect(remote.text(CANARY)).toContain('skipAnalysis: true');
  expect(policies().some((path) => path.includes('production'))).toBe(false);
  expect(policies().some((path) => path.includes('staging'))).toBe(true);
  const deployment = (environment: string) =>
    remote.text(`environments/${environment}/shop/deployment-web.yaml`);
  expect(deployment('staging')).toContain('$imagepolicy');
  expect(deployment('production')).not.toContain('$imagepolicy');
  const [message = ''] = remote.messages();
  expect(message).toContain('\nStrake-Emergency: payments fail');
  expect(message).toMatch(/Canary\/web spec\.skipAnalysis: none -> true \(trait canary, /);
  expect(remote.git('notes', '--ref=strake', 'show', 'main')).toMatch(
    /^Strake-Emergency: payments fail\nStrake-Project: shop\nStrake-Environment: production/,
  );
});

test('strake check and strake log tell of it, until a normal delivery brings everything back', async () => {
  count = 3;
  await good('deliver', '--mode', 'push');
  const before = new Map(remote.files().map((path) => [path, remote.text(path)]));
  lock('production', '1.4.1');
  await good(...EMERGENCY);
  await good(...EMERGENCY.slice(0, -1), 'still failing');
  checkout();
  const open = await good('check');
  expect(open.out).toMatch(
    /emergency-open {2}shop \(production\)[\s\S]*emergency delivery to production: payments fail/,
  );
  expect((await good('check', '--env', 'staging')).out).not.toContain('emergency-open');
  expect((await good('log', '--env', 'production', '--limit', '1')).out).toContain(
    'emergency: payments fail',
  );
  lock('production', '1.4.2');
  await good('deliver', '--mode', 'push');
  expect(new Map(remote.files().map((path) => [path, remote.text(path)]))).toEqual(before);
  checkout();
  expect((await good('check')).out).not.toContain('emergency-open');
});

test('a synth of what the emergency has left alone changes nothing in it', async () => {
  count = 3;
  await good('deliver', '--mode', 'push');
  await good(...EMERGENCY);
  const record = JSON.parse(remote.text(RECORD));
  expect(record).toEqual({ applications: ['shop'], reason: 'payments fail' });
  const again = await good(...EMERGENCY);
  expect(again.out).toContain('production  unchanged');
  await good('deliver', '--env', 'staging');
  expect(remote.files()).toContain(RECORD);
});

test('is refused without a reason, where the platform does not allow it, and of a rendered folder', async () => {
  await good('deliver', '--mode', 'push');
  const before = remote.messages().length;
  const silent = await strake('deliver', '--emergency', '--env', 'production');
  const everywhere = await strake('deliver', '--emergency', '--reason', 'x');
  const folder = await strake('deliver', '--emergency', '--reason', 'x', '--from', 'a', '--repository', 'b');
  for (const { code, err } of [silent, everywhere, folder])
    expect({ code, err }).toMatchObject({ code: 2, err: expect.stringContaining('emergency-refused') });
  expect(everywhere.err).toMatch(/emergency-refused {2}platform\/staging \(staging\)/);
  expect(everywhere.err).not.toContain('platform/production');
  expect(remote.messages()).toHaveLength(before);
});

test('a server that takes no notes still gets the delivery, and the trailer says the same', async () => {
  await good('deliver', '--mode', 'push');
  writeFileSync(
    join(remote.folder, 'hooks', 'update'),
    '#!/bin/sh\ncase "$1" in refs/notes/*) exit 1;; esac\n',
    { mode: 0o755 },
  );
  count = 9;
  const { err } = await good(...EMERGENCY);
  expect(err).toContain('emergency-note-missing');
  expect(remote.messages()[0]).toContain('Strake-Emergency: payments fail');
});

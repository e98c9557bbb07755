import { beforeEach, expect, test } from 'vitest';
import { gitRemote, type GitRemote } from '../../../../test/git-remote.ts';
import { temporary } from '../../../../test/temporary.ts';
import type { Plan } from '../plan.ts';
import { deliver } from './deliver.ts';
import { folderSource } from './folder-source.ts';

const outer = temporary();
let remote: GitRemote;
beforeEach(() => {
  remote = gitRemote(outer());
});

const PATH = 'environments/production/cart/deployment-web.yaml';
const LOCK = 'images/production/cart/kustomization.yaml';

function lock(tag: string, digest = ''): string {
  return `apiVersion: kustomize.config.k8s.io/v1alpha1
kind: Component
images:
  - name: acme/web
    newTag: "${tag}" # {"$imagepolicy": "flux-system:cart.production.web:tag"}
${digest === '' ? '' : `    digest: ${digest} # {"$imagepolicy": "flux-system:cart.production.web:digest"}\n`}`;
}

function rendered(image: string): Plan {
  const contents = `containers:\n  - name: web\n    image: ${image} # {"$imagepolicy": "flux-system:cart.production.web"}\n`;
  return {
    project: 'cart',
    files: [{ path: PATH, environment: 'production', application: 'cart', contents }],
    folders: ['environments/production/cart'],
    findings: [],
  };
}

async function delivered(plan: Plan): Promise<string[]> {
  const { findings } = await deliver(folderSource(plan), {
    repository: remote.url,
    variables: remote.variables,
    modeOf: () => 'push',
  });
  return findings.map(({ code, written, allowed }) => `${code}: ${written}, ${allowed.split(',')[0]}`);
}

const DIGEST = `sha256:${'a'.repeat(64)}`;

test.each([
  ['1.4.2', '', 'acme/web:1.4.2'],
  ['1.4.2', DIGEST, `acme/web:1.4.2@${DIGEST}`],
])('a folder with the images that the lock has is delivered: %s %s', async (tag, digest, image) => {
  remote.commit({ [LOCK]: lock(tag, digest) });
  expect(await delivered(rendered(image))).toEqual([]);
  expect(remote.text(PATH)).toContain(image);
});

test('an image that a bot has moved since the render is not moved back', async () => {
  remote.commit({ [LOCK]: lock('1.4.3') });
  expect(await delivered(rendered('acme/web:1.4.2'))).toEqual([
    'image-outdated: the image `acme/web:1.4.2`, `acme/web:1.4.3`',
  ]);
  expect(remote.files()).not.toContain(PATH);
});

test('a folder that was rendered without a lock in the repository is delivered as it is', async () => {
  expect(await delivered(rendered('acme/web:1.4.2'))).toEqual([]);
});

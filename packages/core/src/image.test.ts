import { expect, test } from 'vitest';
import { environment } from './environment.ts';
import type { Finding } from './finding.ts';
import {
  image,
  imageSchema,
  imageText,
  imageVersion,
  isImagePlaceholder,
  type ImageReference,
} from './image.ts';
import { imageLockInput, imageLockValue, type LockedImage } from './image-lock.ts';
import type { JsonObject } from './json.ts';
import { lockImages } from './lock-images.ts';

const web = image({ name: 'ghcr.io/acme/web', policy: 'minor' });
const DIGEST = `sha256:${'0a'.repeat(32)}`;

function locked(fields: JsonObject, lock: readonly LockedImage[]) {
  const findings: Finding[] = [];
  const object = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web' }, ...fields };
  const inputs = new Map([[imageLockInput('staging', 'cart'), imageLockValue(lock)]]);
  const { manifests, images } = lockImages(
    {
      environment: environment('staging'),
      application: 'cart',
      namespace: 'cart',
      manifests: [{ object, delegations: [] }],
    },
    inputs,
    (each) => findings.push(each),
  );
  const [manifest] = manifests;
  return {
    object: manifest?.object,
    comments: Object.fromEntries(manifest?.comments ?? []),
    images,
    findings,
  };
}

function pod(...images: readonly (string | ImageReference)[]): JsonObject {
  return {
    labels: { 'app.kubernetes.io/version': imageVersion(images[0] ?? '') },
    containers: images.map((each) => ({ image: imageText(each) })),
  };
}

test('runs what the lock says, in the image and in the version label', () => {
  const { object, comments, images, findings } = locked(pod(web, 'redis:7.4.1'), [
    { name: 'ghcr.io/acme/web', newTag: '1.4.2' },
  ]);
  expect(findings).toEqual([]);
  expect(object).toMatchObject({
    labels: { 'app.kubernetes.io/version': '1.4.2' },
    containers: [{ image: 'ghcr.io/acme/web:1.4.2' }, { image: 'redis:7.4.1' }],
  });
  expect(comments).toEqual({});
  expect(images).toEqual([{ reference: web, locked: { name: 'ghcr.io/acme/web', newTag: '1.4.2' } }]);
});

test('pins the digest, and says beside the image which policy a bot may change it by', () => {
  const lock = [{ name: 'ghcr.io/acme/web', newTag: '1.4.2', digest: DIGEST, marker: 'flux-system:web' }];
  const { object, comments } = locked(pod(web), lock);
  expect(object).toMatchObject({ containers: [{ image: `ghcr.io/acme/web:1.4.2@${DIGEST}` }] });
  expect(comments).toEqual({
    '/labels/app.kubernetes.io~1version': '{"$imagepolicy": "flux-system:web:tag"}',
    '/containers/0/image': '{"$imagepolicy": "flux-system:web"}',
  });
});

test('leaves out the version label where the tag is no value of a label', () => {
  const { object } = locked(pod(web), [{ name: 'ghcr.io/acme/web', newTag: '_1' }]);
  expect(object?.['labels']).toEqual({});
});

test('names an image that is not locked, once, and what to run', () => {
  const { findings, object } = locked(pod(web, web), []);
  expect(findings).toMatchObject([
    {
      code: 'image-not-locked',
      path: 'cart',
      environments: ['staging'],
      fix: 'Run `strake images update --env staging`.',
    },
  ]);
  expect(JSON.stringify(object)).not.toContain('strake-image');
});

test('refuses two policies for one image of an application', () => {
  const lock = [{ name: 'ghcr.io/acme/web', newTag: '1.4.2' }];
  expect(locked(pod(web, { ...web, policy: 'patch' }), lock).findings).toMatchObject([
    { code: 'image-policy-conflict' },
  ]);
  const reordered: ImageReference = { policy: 'minor', name: 'ghcr.io/acme/web' };
  expect(locked(pod(web, reordered), lock).findings).toEqual([]);
});

test.each([
  { data: { image: `image=${imageText(web)}` } },
  { env: [{ name: 'IMAGE', value: imageText(web) }] },
  { data: { 'config.json': JSON.stringify({ image: imageText(web) }) } },
  { args: [imageVersion(web) ?? ''] },
  { image: imageVersion(web) ?? '' },
])('refuses a placeholder where no image belongs: %j', (fields) => {
  const { findings } = locked(fields, [{ name: 'ghcr.io/acme/web', newTag: '1.4.2' }]);
  expect(findings).toMatchObject([{ code: 'image-misplaced' }]);
});

test('leaves alone applications without such an image', () => {
  const rendered = {
    environment: environment('staging'),
    application: 'cart',
    namespace: 'cart',
    manifests: [
      { object: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } }, delegations: [] },
    ],
  };
  expect(lockImages(rendered, new Map(), () => {}).manifests).toBe(rendered.manifests);
});

test('reads the version from an image that code decides', () => {
  expect(imageVersion('ghcr.io:5000/acme/web')).toBeUndefined();
  expect(imageVersion(`web:1.4.2@${DIGEST}`)).toBe('1.4.2');
  expect(imageVersion('web:_1')).toBeUndefined();
  expect(isImagePlaceholder('ghcr.io/acme/web:1.4.2')).toBe(false);
});

test.each([
  { name: 'ghcr.io/acme/web:1.0', policy: 'minor' },
  { name: `web@${DIGEST}`, policy: 'minor' },
  { name: 'Web', policy: 'minor' },
  { name: 'web', policy: 'major' },
  { name: 'web', policy: { semver: {} } },
  { name: 'web', policy: { digest: { tag: 'a b' } } },
  { name: 'web', policy: { numerical: {} }, filterTags: { pattern: '(?=a)' } },
  { name: 'web', policy: { numerical: {} }, filterTags: { pattern: '(' } },
  { name: 'web', policy: 'minor', tag: '1' },
])('rejects %j', (given) => {
  expect(imageSchema.safeParse(given).success).toBe(false);
});

test.each([
  'redis:7',
  { name: 'localhost:5000/acme/web__x', policy: { semver: { range: '>=1.0.0 <2' } } },
  {
    name: 'redis',
    policy: { numerical: { order: 'asc' } },
    filterTags: { pattern: '^(?P<n>\\d+)$', extract: '$n' },
  },
  { name: 'redis', policy: { digest: { tag: 'main' } }, digest: true },
])('accepts %j', (given) => {
  expect(imageSchema.safeParse(given).success).toBe(true);
});

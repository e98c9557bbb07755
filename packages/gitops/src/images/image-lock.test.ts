import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { StrakeError } from '@strake/core';
import { afterEach, expect, test } from 'vitest';
import { editImageLock } from './edit-image-lock.ts';
import { parseImageLock } from './image-lock.ts';
import { editedImageLock, openImageLocks, writeImageLock } from './lock-files.ts';
import { imageLockPath } from './lock-path.ts';

const PATH = 'images/staging/cart/kustomization.yaml';
const DIGEST = `sha256:${'0a'.repeat(32)}`;
const OTHER = `sha256:${'0b'.repeat(32)}`;
const web = { name: 'ghcr.io/acme/web', newTag: '1.4.2', digest: DIGEST, marker: 'flux-system:web' };
const redis = { name: 'redis', newTag: '7.4.1' };

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

function repository(files: Record<string, string> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'strake-locks-'));
  folders.push(folder);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

const NEW = `apiVersion: kustomize.config.k8s.io/v1alpha1
kind: Component
images:
  - name: ghcr.io/acme/web
    digest: "${DIGEST}" # {"$imagepolicy": "flux-system:web:digest"}
    newTag: "1.4.2" # {"$imagepolicy": "flux-system:web:tag"}
  - name: redis
    newTag: 7.4.1
`;

test('writes a lock that kustomize and image bots understand', () => {
  const text = editImageLock(undefined, [redis, web]);
  expect(text).toBe(NEW);
  expect(parseImageLock(text, PATH)).toEqual({ images: [web, redis], findings: [] });
});

test('leaves every byte of a lock that has the entries already', () => {
  const odd = `# why\r\nimages: [ {name: web, newTag: '1'} ]`;
  expect(editImageLock(NEW, [web, redis])).toBe(NEW);
  expect(editImageLock(odd, [{ name: 'web', newTag: '1' }])).toBe(odd);
});

test('changes an entry and keeps comments, other entries and the style of lists', () => {
  const before = `# Images of staging.
apiVersion: kustomize.config.k8s.io/v1alpha1
kind: Component

images:
# The shop front.
- name: ghcr.io/acme/web
  newTag: "1.4.2" # {"$imagepolicy": "flux-system:web:tag"}
- name: redis # pinned: see the incident of May
  newTag: 7.4.1
`;
  const after = editImageLock(before, [
    { ...web, newTag: '1.10', digest: OTHER },
    { name: 'api', newTag: '2.0.0' },
  ]);
  expect(after).toBe(`# Images of staging.
apiVersion: kustomize.config.k8s.io/v1alpha1
kind: Component

images:
# The shop front.
- name: ghcr.io/acme/web
  newTag: "1.10" # {"$imagepolicy": "flux-system:web:tag"}
  digest: "${OTHER}" # {"$imagepolicy": "flux-system:web:digest"}
- name: redis # pinned: see the incident of May
  newTag: 7.4.1
- name: api
  newTag: "2.0.0"
`);
});

test('takes away a digest that is not wanted any more', () => {
  expect(editImageLock(NEW, [{ name: web.name, newTag: '1.4.2', marker: web.marker }])).not.toContain(
    'digest',
  );
});

test.each(['images: []\n', 'kind: Component\n', '# nothing yet\n', ''])('adds to %j', (text) => {
  const after = editImageLock(text, [redis]);
  expect(parseImageLock(after, PATH)).toEqual({ images: [redis], findings: [] });
  expect(after).toMatch(/- name: redis\n/);
});

test('reads a tag that YAML takes for a number', () => {
  expect(parseImageLock('images:\n- name: web\n  newTag: 1.10\n', PATH).images).toEqual([
    { name: 'web', newTag: '1.10' },
  ]);
});

test.each([
  ['images: 1\n', '`images` is no list'],
  ['- a\n', '`images` is no list'],
  ['images: [a]\n', 'an entry of `images` is no map'],
  ['images: [{newTag: "1"}]\n', 'an entry has no `name`'],
  ['images: [{name: web}]\n', '`web` has no `newTag` that is a tag'],
  ['images: [{name: web, newTag: "a b"}]\n', '`web` has no `newTag` that is a tag'],
  ['images: [{name: web, newTag: "1", digest: latest}]\n', '`digest` of `web` is no digest'],
  ['images: [{name: web, newTag: "1", newName: other}]\n', 'an entry has `newName`'],
  ['images: [{name: web, newTag: "1", newTag: "2"}]\n', 'an entry has a key twice'],
  ['images: []\nimages: []\n', 'a key is given twice'],
  ['images: [{name: web, newTag: "1"}, {name: web, newTag: "2"}]\n', '`web` is locked twice'],
  ['images: &a [*a]\n', 'an entry of `images` is no map'],
])('says what is wrong with %j', (text, written) => {
  expect(parseImageLock(text, PATH).findings).toMatchObject([{ code: 'input-invalid', path: PATH, written }]);
});

test('refuses an entry of which a bot would change one half', () => {
  for (const text of [NEW.replace(/ # .*:digest.*/, ''), NEW.replace('web:digest', 'api:digest')]) {
    expect(parseImageLock(text, PATH).findings).toMatchObject([
      { written: 'a bot would change one of `newTag` and `digest` of `ghcr.io/acme/web` without the other' },
    ]);
  }
});

test('takes only for a marker what Flux does', () => {
  const marked = (comment: string) =>
    parseImageLock(`images:\n- name: web\n  newTag: "1" # ${comment}\n`, PATH).images[0]?.marker;
  expect(marked('{"$imagepolicy":"a:b:tag"}')).toBe('a:b');
  for (const other of [
    '{"$imagepolicy": "a:b:tag"} why',
    '{"$imagepolicy": "a:b"}',
    '{"$imagepolicy": "b:tag"}',
    'a:b',
  ])
    expect(marked(other), other).toBeUndefined();
});

test('keeps locks below images, whatever the names', () => {
  expect(imageLockPath('staging', 'cart')).toBe(PATH);
  expect(imageLockPath('../..', 'a/b')).toMatch(/^images\/[^./]+\/[^./]+\/kustomization\.yaml$/);
});

test('writes a lock as a whole and leaves nothing else behind', async () => {
  const folder = repository({ 'images/staging/cart/kustomization.yaml': NEW, 'README.md': 'a' });
  const file = await openImageLocks(folder).read('staging', 'cart');
  writeImageLock(folder, file, await editedImageLock(file, [{ ...redis, newTag: '7.4.2' }]));
  expect(readFileSync(join(folder, PATH), 'utf8')).toBe(NEW.replace('7.4.1', '"7.4.2"'));
  expect(readdirSync(folder, { recursive: true, encoding: 'utf8' }).toSorted()).toEqual([
    'README.md',
    'images',
    'images/staging',
    'images/staging/cart',
    PATH,
  ]);
});

test('makes the folders of a first lock', async () => {
  const folder = repository();
  const file = await openImageLocks(join(folder, 'gitops')).read('staging', 'cart');
  expect(file).toEqual({ path: PATH, text: undefined, images: [], findings: [] });
  writeImageLock(join(folder, 'gitops'), file, NEW);
  expect(readFileSync(join(folder, 'gitops', PATH), 'utf8')).toBe(NEW);
});

test('follows no link, neither to read nor to write', async () => {
  const outside = repository({ 'cart/kustomization.yaml': NEW });
  const folder = repository({ 'images/README.md': '' });
  symlinkSync(outside, join(folder, 'images', 'staging'));
  const file = await openImageLocks(folder).read('staging', 'cart');
  expect(file).toMatchObject({ images: [], findings: [{ code: 'path-unsafe', path: 'images/staging' }] });
  expect(() => writeImageLock(folder, { ...file, findings: [] }, 'x')).toThrow(StrakeError);
  expect(readFileSync(join(outside, 'cart', 'kustomization.yaml'), 'utf8')).toBe(NEW);
});

test('does not write over what somebody changed meanwhile', async () => {
  const folder = repository({ [PATH]: NEW });
  const file = await openImageLocks(folder).read('staging', 'cart');
  writeFileSync(join(folder, PATH), `${NEW}# mine\n`);
  expect(() => writeImageLock(folder, file, 'x')).toThrow(/file-edited/);
  expect(readFileSync(join(folder, PATH), 'utf8')).toBe(`${NEW}# mine\n`);
});

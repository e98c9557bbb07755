import type { ImageReference, LockedApplication, LockedImage } from '@strake/core';
import { expect, test } from 'vitest';
import { chooseTag, compareTags, isWithinPolicy, rangeOf } from './choose-tag.ts';
import { imagePolicies, imagePolicyName } from './image-policies.ts';

const DIGEST = `sha256:${'0a'.repeat(32)}`;

function policyOf(reference: Partial<ImageReference>, locked?: Partial<LockedImage>) {
  const name = 'ghcr.io/acme/web';
  const application: LockedApplication = {
    environment: {
      name: 'staging',
      tier: 'staging',
      cluster: 'eu',
      kubernetes: '1.34',
      namespaceOf: () => 'cart',
    },
    application: 'cart',
    namespace: 'cart',
    manifests: [],
    images: [
      {
        reference: { name, policy: 'minor', ...reference },
        locked: locked && { name, newTag: '1.4.2', marker: 'flux-system:web-staging', ...locked },
      },
    ],
  };
  return imagePolicies(application)[0];
}

test('says what the agent needs, by the names that the markers have', () => {
  expect(policyOf({}, { digest: DIGEST })).toEqual({
    environment: 'staging',
    application: 'cart',
    name: 'web-staging',
    namespace: 'flux-system',
    image: 'ghcr.io/acme/web',
    policy: { semver: { range: '1.x' } },
    filterTags: undefined,
    digestReflectionPolicy: 'IfNotPresent',
    imageUpdater: { imageName: 'ghcr.io/acme/web:1.x', updateStrategy: 'semver', allowTags: undefined },
  });
  expect(policyOf({}, {})?.digestReflectionPolicy).toBe('Never');
  expect(policyOf({})).toBeUndefined();
});

test('follows one tag that the registry moves', () => {
  expect(
    policyOf({ policy: { digest: { tag: 'v1.main' } } }, { newTag: 'v1.main', digest: DIGEST }),
  ).toMatchObject({
    policy: { alphabetical: { order: 'asc' } },
    filterTags: { pattern: String.raw`^v1\.main$` },
    digestReflectionPolicy: 'Always',
    imageUpdater: { imageName: 'ghcr.io/acme/web:v1.main', updateStrategy: 'digest' },
  });
});

test('has no strategy of Argo CD Image Updater for what it cannot do', () => {
  const filterTags = { pattern: '^a-(\\d+)$', extract: '$1' };
  expect(policyOf({ policy: { numerical: {} } }, {})?.imageUpdater).toBeUndefined();
  expect(policyOf({ policy: { alphabetical: { order: 'desc' } } }, {})?.imageUpdater).toBeUndefined();
  expect(policyOf({ policy: { alphabetical: {} }, filterTags }, {})?.imageUpdater).toBeUndefined();
  expect(policyOf({ policy: { alphabetical: {} }, filterTags: { pattern: '^a' } }, {})?.imageUpdater).toEqual(
    {
      imageName: 'ghcr.io/acme/web',
      updateStrategy: 'alphabetical',
      allowTags: 'regexp:^a',
    },
  );
});

test('names no two policies of a cluster alike', () => {
  const images = ['ghcr.io/acme/web', 'ghcr.io/other/web', 'web', 'acme/my__web', 'acme/my-web'];
  const names = images.map((image) => imagePolicyName('staging', 'cart', image));
  expect(new Set(names).size).toBe(images.length);
  expect(imagePolicyName('b-c', 'a', 'web')).not.toBe(imagePolicyName('c', 'a-b', 'web'));
  for (const name of names) expect(name).toMatch(/^cart\.staging\.[a-z0-9-]+$/);
});

test.each([
  ['patch', '1.4.2', '1.4.x'],
  ['minor', '1.4.2', '1.x'],
  ['minor', 'v1.4.2', '1.x'],
  ['minor', '0.4.2', '0.4.x'],
  ['patch', '0.4.2', '0.4.x'],
  ['minor', 'latest', '*'],
  ['patch', undefined, '*'],
] as const)('%s of %s leaves the range %s', (policy, running, range) => {
  expect(rangeOf(policy, running)).toBe(range);
});

test('a range stays the same while a bot moves the tag within it', () => {
  for (const policy of ['patch', 'minor'] as const) {
    const chosen = chooseTag({ name: 'web', policy }, ['1.4.2', '1.4.9', '1.9.0', '2.0.0'], '1.4.2');
    expect(rangeOf(policy, 'tag' in chosen ? chosen.tag : '')).toBe(rangeOf(policy, '1.4.2'));
  }
});

test('begins with the newest release where nothing is locked yet', () => {
  expect(chooseTag({ name: 'web', policy: 'patch' }, ['1.4.2', '2.0.0', '2.1.0-rc.1', 'latest'])).toEqual({
    tag: '2.0.0',
  });
});

test.each([[['2.1.1', 'v2.1.1']], [['v2.1.1', '2.1.1']]])(
  'chooses of two tags of one version the one that Flux chooses, in whatever order they come: %j',
  (tags) => {
    const chosen = chooseTag({ name: 'web', policy: { semver: { range: '2.x' } } }, tags);
    expect(chosen).toEqual({ tag: 'v2.1.1' });
  },
);

test('counts no signature as a tag, as the repositories that agents read do not', () => {
  const tags = ['a', 'sha256-0123.att', 'z.sig'];
  for (const order of ['asc', 'desc'] as const)
    expect(chooseTag({ name: 'web', policy: { alphabetical: { order } } }, tags)).toEqual({ tag: 'a' });
});

test('says why it chooses nothing', () => {
  const web = { name: 'web', policy: { numerical: {} } } as const;
  expect(chooseTag(web, ['1', 'b'])).toEqual({ problem: '`b` is no number; narrow `filterTags`' });
  expect(chooseTag({ ...web, filterTags: { pattern: '^x' } }, ['1'])).toEqual({
    problem: 'none of them fits `filterTags`',
  });
  expect(chooseTag({ name: 'web', policy: { semver: { range: '1.2.3.4' } } }, ['1.0.0'])).toEqual({
    problem: '`1.2.3.4` is no range of versions',
  });
});

test('knows which of two tags is the older one', () => {
  const semver: ImageReference = { name: 'web', policy: { semver: { range: '1.x' } } };
  expect(compareTags(semver, '1.9.0', '1.10.0')).toBeLessThan(0);
  expect(compareTags(semver, '1.10.0', 'latest')).toBe(0);
  const desc: ImageReference = { name: 'web', policy: { numerical: { order: 'desc' } } };
  expect(compareTags(desc, '10', '9')).toBeLessThan(0);
  expect(compareTags(desc, '9', '10')).toBeGreaterThan(0);
  expect(compareTags({ name: 'web', policy: { digest: { tag: 'main' } } }, 'a', 'b')).toBe(0);
});

test('tells what a policy could choose', () => {
  expect(isWithinPolicy({ name: 'web', policy: 'minor' }, '1.4.2')).toBe(true);
  expect(isWithinPolicy({ name: 'web', policy: 'minor' }, '1.4.2-rc.1')).toBe(false);
  expect(isWithinPolicy({ name: 'web', policy: { digest: { tag: 'main' } } }, 'next')).toBe(false);
});

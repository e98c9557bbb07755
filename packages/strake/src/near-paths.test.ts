import { expect, test } from 'vitest';
import { nearPaths, plainPath } from './near-paths.ts';

const VALUES = [
  'spec.replicas',
  'spec.template.metadata.labels[app.kubernetes.io/name]',
  'spec.template.spec.containers.web.image',
  'spec.template.spec.containers.web.name',
];

test.each([
  ['spec.replica', 'spec.replicas'],
  ['spec.template.spec.containers.wep.image', 'spec.template.spec.containers.web.image'],
  ['spec.template.spec.container', 'spec.template.spec.containers'],
  ['replicas', 'spec.replicas'],
  ['containers.web', 'spec.template.spec.containers.web'],
  ['spec.template.metadata.labels[app.kubernetes.io/nam]', VALUES[1]],
  ['spec.tmplate.spec.containers.web.livenessProbe', 'spec.template'],
  ['status', undefined],
])('for `%s`, at which nothing stands, `%s` was meant', (path, likely) => {
  expect(nearPaths(path, VALUES).likely).toBe(likely);
});

test('says how far a path leads, and what stands there', () => {
  expect(nearPaths('spec.template.spec.containers[0].image', VALUES)).toMatchObject({
    reached: 'spec.template.spec.containers',
    below: ['web'],
  });
});

test('an element may be named in brackets, as writers of traits name it', () => {
  expect(plainPath('spec.template.spec.containers[web].image')).toBe(VALUES[2]);
});

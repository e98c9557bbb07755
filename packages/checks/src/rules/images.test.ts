import { expect, test } from 'vitest';
import { passes, tripsOn } from '@strake/testing';
import { deployment, object } from '../../../../test/sample-objects.ts';
import { testRules } from '../../../../test/rule-samples.ts';
import { banImage, requireContainerImage, requireImageDigest, requireImageTag } from './images.ts';

const digest = `sha256:${'a'.repeat(64)}`;
const banHub = banImage({ images: ['docker.io/*', 'ghcr.io/acme/old'] });

testRules([
  {
    rule: requireContainerImage,
    trips: [deployment({ image: '' })],
    written: 'Deployment `web`: the container `web` has no image',
    passes: [[deployment()]],
  },
  {
    rule: requireImageTag,
    trips: [deployment({ image: 'registry:5000/web' }), deployment({ image: 'web:latest' }, { name: 'api' })],
    written: [
      'Deployment `web`: the image `registry:5000/web` of the container `web` has no tag',
      'Deployment `api`: the image `web:latest` of the container `api` has the tag `latest`, which moves',
    ],
    passes: [[deployment({ image: 'registry:5000/web:1' })], [deployment({ image: `web@${digest}` })]],
  },
  {
    rule: requireImageDigest,
    trips: [deployment({ image: 'web:1.0.0' })],
    written: 'Deployment `web`: the image `web:1.0.0` of the container `web` has no digest',
    passes: [[deployment({ image: `web:1.0.0@${digest}` })]],
  },
  {
    rule: banHub,
    trips: [deployment({ image: 'redis:7' }), deployment({ image: 'ghcr.io/acme/old:1' }, { name: 'old' })],
    written: [
      'Deployment `web`: the container `web` runs the image `redis:7`',
      'Deployment `old`: the container `old` runs the image `ghcr.io/acme/old:1`',
    ],
    passes: [
      [deployment({ image: 'ghcr.io/acme/older:1' })],
      [deployment({ image: 'registry:5000/redis:7' })],
    ],
  },
]);

test.each(['redis', 'docker.io/library/redis'])('an image of Docker Hub is banned as %s too', (image) => {
  const rule = banImage({ images: ['docker.io/library/redis'] });
  expect(tripsOn(rule, [deployment({ image })])).toHaveLength(1);
  expect(() => passes(rule, [deployment({ image: 'acme/redis' })])).not.toThrow();
});

test.each([
  ['Pod', (pod: object) => object('v1/Pod', 'web', { ...pod })],
  [
    'CronJob',
    (pod: object) =>
      object('batch/v1/CronJob', 'web', { jobTemplate: { spec: { template: { spec: { ...pod } } } } }),
  ],
])('the images of a %s are looked at', (kind, make) => {
  const found = tripsOn(requireImageTag, [make({ initContainers: [{ name: 'first', image: 'first' }] })]);
  expect(found[0]?.written).toBe(
    `${kind} \`web\`: the image \`first\` of the container \`first\` has no tag`,
  );
});

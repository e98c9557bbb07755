import { expect, test } from 'vitest';
import { pathText, stepsOf } from './path.ts';

test.each([
  ['spec.replicas', ['spec', 'replicas']],
  ['spec.containers[web].ports[80/TCP]', ['spec', 'containers', 'web', 'ports', '80/TCP']],
  ['metadata.labels[app.kubernetes.io/name]', ['metadata', 'labels', 'app.kubernetes.io/name']],
  ['', []],
])('the path %s has the steps %j, and reads the same again', (path, steps) => {
  expect(stepsOf(path)).toEqual(steps);
  expect(stepsOf(pathText(steps))).toEqual(steps);
});

test('an array of steps is taken as it is', () => {
  expect(stepsOf(['metadata', 'labels', 'a[b].c'])).toEqual(['metadata', 'labels', 'a[b].c']);
});

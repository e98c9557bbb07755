import { expect, test } from 'vitest';
import {
  DEPLOYMENT,
  SERVICE,
  web,
  WEB,
  written,
  type LayerOfWriters,
} from '../../../../test/written-object.ts';
import { writersAt } from './writers-at.ts';

const POD = ['spec', 'template', 'spec'];

function writersOf(steps: readonly string[], traits: LayerOfWriters = {}, scopes: LayerOfWriters = {}) {
  return writersAt(written(DEPLOYMENT, traits, scopes).object, steps).map(({ definition }) => definition);
}

const image: LayerOfWriters = { image: (it) => it.merge(web({ image: 'web:2' })) };

test('a value has the writers of the last layer that decided it', () => {
  expect(writersOf(['spec', 'replicas'])).toEqual(['WebService']);
  const replicas: LayerOfWriters = { replicas: (it) => it.set('spec.replicas', 2) };
  expect(writersOf(['spec', 'replicas'], replicas)).toEqual(['replicas']);
  expect(writersOf(['spec', 'replicas'], replicas, { floor: (it) => it.set('spec.replicas', 3) })).toEqual([
    'floor',
  ]);
  expect(writersOf(['spec', 'strategy', 'type'], replicas)).toEqual(['WebService']);
});

test('an element of a keyed list is found by its index', () => {
  const at = (index: string) => [...POD, 'containers', index, 'image'];
  expect(writersOf(at('0'), image)).toEqual(['image']);
  expect(writersOf(at('1'), image)).toEqual(['WebService']);
});

test('elements with two keys are told apart', () => {
  const named: LayerOfWriters = {
    dns: (it) => it.set(`${WEB}.ports[80/UDP].name`, 'resolver'),
  };
  const at = (index: string) => [...POD, 'containers', '0', 'ports', index, 'name'];
  expect(writersOf(at('1'), named)).toEqual(['dns']);
  expect(writersOf(at('0'), named)).toEqual(['WebService']);
});

test('a list without keys is one place', () => {
  const args: LayerOfWriters = { args: (it) => it.append(`${WEB}.args`, ['--verbose']) };
  expect(writersOf([...POD, 'containers', '0', 'args', '0'], args)).toEqual(['args']);
  expect(writersOf([...POD, 'tolerations', '0', 'key'], args)).toEqual(['WebService']);
});

test('a map has all writers of the last layer that wrote into it, each once', () => {
  const two: LayerOfWriters = {
    ...image,
    args: (it) => {
      it.append(`${WEB}.args`, ['a']);
      it.append(`${WEB}.args`, ['b']);
    },
  };
  expect(writersOf([...POD, 'containers', '0'], two).toSorted()).toEqual(['args', 'image']);
  expect(writersOf(['spec'], two).toSorted()).toEqual(['args', 'image']);
  expect(writersOf([...POD, 'containers', '1'], two)).toEqual(['WebService']);
});

test('where nothing stands, the nearest place above has the writers', () => {
  expect(writersOf([...POD, 'containers', '0', 'tty'], image)).toEqual(['WebService']);
  expect(writersOf(['spec', 'paused', 'deep'])).toEqual(['WebService']);
  const strategy: LayerOfWriters = { strategy: (it) => it.set('spec.strategy', { type: 'Recreate' }) };
  expect(writersOf(['spec', 'strategy', 'rollingUpdate', 'maxSurge'], strategy)).toEqual(['strategy']);
});

test('an element that is not there has the writers of its list', () => {
  expect(writersOf([...POD, 'containers', '7', 'image'], image)).toEqual(['image']);
});

test('what was removed has the writer that removed it', () => {
  const gone: LayerOfWriters = { gone: (it) => it.remove('spec.replicas') };
  expect(writersOf(['spec', 'replicas'], gone)).toEqual(['gone']);
});

test('what was left to a controller has the writer that left it, and so has all that stood there', () => {
  const left: LayerOfWriters = { left: (it) => it.delegate('spec.strategy', { to: 'Flagger' }) };
  expect(writersOf(['spec', 'strategy'], left)).toEqual(['left']);
  expect(writersOf(['spec', 'strategy', 'type'], left)).toEqual(['left']);
});

test('a scalar keeps its writer whatever is removed below it', () => {
  const below: LayerOfWriters = { below: (it) => it.remove('spec.replicas.a') };
  expect(writersOf(['spec', 'replicas'], below)).toEqual(['WebService']);
});

test('the whole object has the writers of the last layer', () => {
  expect(writersOf([])).toEqual(['WebService']);
  expect(writersOf([], image)).toEqual(['image']);
});

test('a place above the writes that were beaten keeps the writers that stand', () => {
  const both: LayerOfWriters = {
    over: (it) => it.set('spec.replicas', 4, { override: true }),
    plain: (it) => it.set('spec.replicas', 2),
  };
  expect(writersOf(['spec', 'replicas'], both)).toEqual(['over']);
});

test('an object that nobody wrote has no writers', () => {
  const { object } = written(SERVICE);
  object.layers.length = 0;
  expect(writersAt(object, ['spec', 'ports'])).toEqual([]);
});

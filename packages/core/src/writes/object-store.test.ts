import type { Finding, JsonObject, JsonValue, KubernetesObject } from '@strake/core';
import { describe, expect, test } from 'vitest';
import { SERVICE, writerOf } from '../../../../test/written-object.ts';
import { ObjectStore } from './object-store.ts';

const POLICY: KubernetesObject = { apiVersion: 'acme.io/v1', kind: 'Policy', metadata: { name: 'shared' } };

function newStore() {
  const findings: Finding[] = [];
  const store = new ObjectStore('shop', (finding) => findings.push(finding));
  const base = (object = SERVICE) => {
    store.access(writerOf('component', 'base')).create(object);
    store.commit();
  };
  return { store, findings, base };
}

const WEB = { apiVersion: 'v1', kind: 'Service', name: 'web' };

test('objects are put into the namespace of the store', () => {
  const { store, base } = newStore();
  base();
  expect(store.objects().map(({ metadata }) => metadata.namespace)).toEqual(['shop']);
});

test('objects of one kind are copies of those alone', () => {
  const { store, base } = newStore();
  base();
  base({ ...POLICY, spec: { limit: 1 } });
  expect(store.objects('Policy').map(({ kind }) => kind)).toEqual(['Policy']);
  expect(store.objects('Policy')[0]).not.toBe(store.objects('Policy')[0]);
  expect(store.objects('Secret')).toEqual([]);
});

test('an entry named __proto__ is one like others', () => {
  const { store, base, findings } = newStore();
  const data = (value: string) => Object.fromEntries([['__proto__', value]]);
  base({ ...POLICY, data: data('made') });
  expect(Object.entries(store.objects()[0]?.['data'] ?? {})).toEqual([['__proto__', 'made']]);
  store
    .access(writerOf('trait', 'one'))
    .edit({ ...POLICY, name: 'shared' })
    .merge({ data: data('merged') });
  store.commit();
  expect(Object.entries(store.objects()[0]?.['data'] ?? {})).toEqual([['__proto__', 'merged']]);
  expect(findings).toEqual([]);
});

describe('reads', () => {
  test('do not see what a sibling writes', () => {
    const { store, base } = newStore();
    base();
    const one = store.access(writerOf('trait', 'one')).edit(WEB);
    const other = store.access(writerOf('trait', 'other')).edit(WEB);
    one.set('spec.ports[80].name', 'changed');
    expect(other.read('spec.ports[80].name')).toBe('http');
    expect(one.read('spec.ports[80].name')).toBe('http');
    store.commit();
    expect(other.read('spec.ports[80].name')).toBe('changed');
  });

  test('give copies', () => {
    const { store, base } = newStore();
    base();
    const reader = store.access(writerOf('trait', 'one')).edit(WEB);
    (reader.read('spec.ports') as JsonValue[]).pop();
    expect(reader.read('spec.ports')).toHaveLength(2);
  });

  test('of what is not there give undefined', () => {
    const { store, base } = newStore();
    base();
    const reader = store.access(writerOf('trait', 'one')).edit(WEB);
    expect(
      ['spec.ports[81]', 'spec.constructor', 'spec.ports[80].name.length'].map((path) => reader.read(path)),
    ).toEqual([undefined, undefined, undefined]);
    expect(
      store
        .access(writerOf('trait', 'one'))
        .edit({ ...WEB, name: 'other' })
        .read(),
    ).toBeUndefined();
  });

  test('below a path start there', () => {
    const { store, base } = newStore();
    base();
    expect(store.access(writerOf('trait', 'one')).edit(WEB).at('spec.ports[53/UDP]').read('name')).toBe(
      'dns',
    );
  });
});

test('reading without a path gives all of an object', () => {
  const { store, base } = newStore();
  base();
  expect(store.access(writerOf('trait', 'one')).edit(WEB).read()).toMatchObject({
    kind: 'Service',
    metadata: { name: 'web', namespace: 'shop' },
  });
});

describe('an object', () => {
  test('of a kind without namespaces is the same whatever the namespace says', () => {
    const { store, findings } = newStore();
    const role = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole' };
    store.access(writerOf('component', 'base')).create({ ...role, metadata: { name: 'reader' } });
    store.commit();
    const edit = store.access(writerOf('trait', 'one')).edit({ ...role, name: 'reader', namespace: 'other' });
    edit.set('rules', []);
    store.commit();
    expect(findings).toEqual([]);
    expect(edit.read()).toEqual({ ...role, metadata: { name: 'reader' }, rules: [] });
  });

  test('of another namespace is another one', () => {
    const { store, findings, base } = newStore();
    base();
    base({ ...SERVICE, metadata: { name: 'web', namespace: 'other' } });
    const [one, other] = [undefined, 'other'].map((namespace) =>
      store.access(writerOf('trait', 'one')).edit({ ...WEB, namespace }),
    );
    other?.set('spec.type', 'LoadBalancer');
    store.commit();
    expect(findings).toEqual([]);
    expect([one?.read('spec.type'), other?.read('spec.type')]).toEqual([undefined, 'LoadBalancer']);
  });

  test('that nothing is left of belongs to nobody', () => {
    const { store, base } = newStore();
    base();
    store.access(writerOf('trait', 'one')).edit(WEB).withhold({ to: 'Flagger' });
    store.commit();
    expect(store.objectsOf('shop/web')).toEqual([]);
  });

  test('made twice belongs to both', () => {
    const { store } = newStore();
    store.access(writerOf('component', 'one')).create(SERVICE);
    store.access({ ...writerOf('component', 'other'), path: 'shop/db' }).create(SERVICE);
    store.commit();
    expect([store.objectsOf('shop/web'), store.objectsOf('shop/db')]).toMatchObject([
      [{ kind: 'Service' }],
      [{ kind: 'Service' }],
    ]);
  });

  test('belongs to those that made it, and comes as a copy', () => {
    const { store, base } = newStore();
    base();
    store.access({ ...writerOf('component', 'base'), path: 'shop/db' }).create(POLICY);
    store.commit();
    store
      .access({ ...writerOf('trait', 'one'), path: 'shop/db' })
      .edit(WEB)
      .set('spec.type', 'ClusterIP');
    store.commit();
    const names = (path: string) => store.objectsOf(path).map(({ metadata }) => metadata.name);
    expect([names('shop/web'), names('shop/db'), names('shop')]).toEqual([['web'], ['shared'], []]);
    const [copy] = store.objectsOf('shop/web');
    expect(copy).toEqual(store.objects()[0]);
    expect(copy).not.toBe(store.objects()[0]);
  });

  test('has a history for its writers; one that is not there has none', () => {
    const { store, base } = newStore();
    base();
    const access = store.access(writerOf('trait', 'one'));
    expect(access.history(WEB).map(({ path }) => path)).toContain('spec.ports[80/TCP].port');
    expect(access.history({ ...WEB, name: 'nope' })).toEqual([]);
  });
});

test('values are taken when they are written', () => {
  const { store, base } = newStore();
  base();
  const selector: Record<string, string> = { app: 'web' };
  store.access(writerOf('trait', 'one')).edit(WEB).merge({ spec: { selector } });
  selector['app'] = 'changed';
  const addresses = [{ ip: '1.2.3.4' }];
  store.access(writerOf('trait', 'one')).edit(WEB).append('spec.addresses', addresses);
  addresses[0] = { ip: 'changed' };
  store.commit();
  expect(store.access(writerOf('scope', 'reader')).edit(WEB).read('spec.addresses')).toEqual([
    { ip: '1.2.3.4' },
  ]);
  selector['app'] = 'changed again';
  expect(store.access(writerOf('scope', 'reader')).edit(WEB).read('spec.selector')).toEqual({ app: 'web' });
});

test('objects that were handed out stay as they were', () => {
  const { store, base } = newStore();
  base();
  const before = store.objects();
  store.access(writerOf('trait', 'one')).edit(WEB).set('spec.ports[80].name', 'changed');
  store.commit();
  expect(before).toMatchObject([{ spec: { ports: [{ name: 'http' }, {}] } }]);
});

describe('object-duplicate', () => {
  test('names both makers', () => {
    const { store, findings } = newStore();
    store.access(writerOf('component', 'one')).create(SERVICE);
    store.access(writerOf('component', 'other')).create(SERVICE);
    store.commit();
    expect(findings).toMatchObject([
      {
        code: 'object-duplicate',
        written: 'Service `web`: made by `One` of shop/web and by `Other` of shop/web',
        allowed: 'one Service of that name in a namespace',
        fix: 'Give one of them another name, or detach one.',
      },
    ]);
  });

  test('holds across layers and versions, and is said once', () => {
    const { store, findings } = newStore();
    store.access(writerOf('component', 'one')).create(POLICY);
    store.commit();
    store.access(writerOf('trait', 'other')).create({ ...POLICY, apiVersion: 'acme.io/v1beta1' });
    store.commit();
    store
      .access(writerOf('scope', 'third'))
      .edit({ ...POLICY, name: 'shared' })
      .merge({ spec: {} });
    store.commit();
    expect(findings.filter(({ code }) => code === 'object-duplicate')).toHaveLength(1);
  });
});

describe('ensure', () => {
  test('lets several definitions make one object together', () => {
    const { store, findings } = newStore();
    for (const name of ['one', 'other']) {
      store
        .access(writerOf('trait', name))
        .ensure(POLICY)
        .merge({ spec: { [name]: true } });
    }
    store.commit();
    expect(findings).toEqual([]);
    expect(store.objects()).toMatchObject([
      { metadata: { name: 'shared' }, spec: { one: true, other: true } },
    ]);
  });

  test('reports what they disagree on', () => {
    const { store, findings } = newStore();
    for (const name of ['one', 'other'])
      store.access(writerOf('trait', name)).ensure({ ...POLICY, spec: { maker: name } });
    store.commit();
    expect(findings).toMatchObject([
      { code: 'conflict', sources: [{ file: 'one.ts' }, { file: 'other.ts' }] },
    ]);
  });
});

test('a write to an object that nobody made is refused', () => {
  const { store, findings } = newStore();
  store
    .access(writerOf('trait', 'one'))
    .edit({ ...WEB, name: 'nope' })
    .set('spec.a', 1);
  store.commit();
  expect(findings).toMatchObject([
    {
      code: 'no-such-object',
      written: 'Service `nope`: `one` writes to it',
      allowed: 'an object that a lower layer made',
      fix: 'Make Service `nope` first: with create(), or in a component.',
    },
  ]);
  expect(store.objects()).toEqual([]);
});

test('all that write to an object that nobody made are named', () => {
  const { store, findings } = newStore();
  for (const name of ['one', 'other'])
    store
      .access(writerOf('trait', name))
      .edit({ ...WEB, name: 'nope' })
      .set('spec.a', 1);
  store.commit();
  expect(findings.map(({ written }) => written)).toEqual(['Service `nope`: `one` and `other` write to it']);
});

test('definitions that make one object together may say null', () => {
  const { store, findings } = newStore();
  for (const name of ['one', 'other'])
    store.access(writerOf('trait', name)).ensure({ ...POLICY, spec: { limit: null } });
  store.commit();
  expect(findings).toEqual([]);
  expect(store.objects()).toMatchObject([{ spec: { limit: null } }]);
});

class Money {
  readonly amount = 1;
}

const CYCLE: Record<string, unknown> = {};
CYCLE['self'] = CYCLE;

describe('value-invalid', () => {
  test.each<[unknown, string]>([
    [Number.NaN, 'writes NaN at `spec.a.b`'],
    [Number.POSITIVE_INFINITY, 'writes Infinity at `spec.a.b`'],
    [new Date(0), 'writes a Date at `spec.a.b`'],
    [() => 1, 'writes a function at `spec.a.b`'],
    [Symbol('a'), 'writes a symbol at `spec.a.b`'],
    [1n, 'writes a bigint at `spec.a.b`'],
    [new Map(), 'writes a Map at `spec.a.b`'],
    [new Money(), 'writes a Money at `spec.a.b`'],
    [[undefined], 'writes undefined at `spec.a.b.0`'],
    [CYCLE, 'writes a value that contains itself at `spec.a.b.self.self.self`'],
  ])('%s', (value, said) => {
    const { store, findings, base } = newStore();
    base();
    const edit = store.access(writerOf('trait', 'one')).edit(WEB);
    edit.set('spec.a', { b: value } as JsonObject);
    edit.merge({ spec: { a: { b: value } } } as JsonObject);
    store.commit();
    expect(findings.map(({ code }) => code)).toEqual(['value-invalid', 'value-invalid']);
    for (const { written } of findings) expect(written).toContain(said.slice(0, 30));
    expect(edit.read('spec.a')).toBeUndefined();
  });

  test('of what an operation cannot take says so', () => {
    const { store, findings, base } = newStore();
    base();
    const edit = store.access(writerOf('trait', 'one')).edit(WEB);
    const [none, list, text]: unknown[] = [undefined, [1], 'x'];
    edit.set('spec.a', none as JsonValue);
    edit.merge(none as JsonObject);
    edit.at('spec').merge(list as JsonObject);
    edit.append('spec.a', text as JsonValue[]);
    store.commit();
    expect(findings.map(({ written }) => written)).toEqual([
      'Service `web`: `one` writes undefined at `spec.a`',
      'Service `web`: `one` writes no map',
      'Service `web`: `one` writes no map at `spec`',
      'Service `web`: `one` writes no list of values at `spec.a`',
    ]);
  });

  test('names the place, and of a value that contains itself its first steps', () => {
    const { store, findings, base } = newStore();
    base();
    const edit = store.access(writerOf('trait', 'one')).edit(WEB);
    edit.set('spec.a', { b: CYCLE } as JsonObject);
    edit.set('spec.a', { b: [undefined] } as unknown as JsonObject);
    edit.set('spec.a', [new Date(0)] as unknown as JsonValue);
    expect(findings.map(({ written, sources }) => [written, sources.length])).toEqual([
      ['Service `web`: `one` writes a value that contains itself at `spec.a.b.self.self.self.self`', 1],
      ['Service `web`: `one` writes undefined at `spec.a.b.0`', 1],
      ['Service `web`: `one` writes a Date at `spec.a.0`', 1],
    ]);
  });

  test('is said of a value that is too deep', () => {
    const { store, findings, base } = newStore();
    base();
    const edit = store.access(writerOf('trait', 'one')).edit(WEB);
    edit.set('spec.a', JSON.parse(`${'['.repeat(201)}${']'.repeat(201)}`));
    expect(findings).toEqual([]);
    edit.set('spec.a', JSON.parse(`${'['.repeat(202)}${']'.repeat(202)}`));
    expect(findings).toHaveLength(1);
  });

  test('names what is appended and what is created, and nothing of it is written', () => {
    const { store, findings } = newStore();
    const access = store.access(writerOf('trait', 'one'));
    access.edit(WEB).append('spec.list', [Number.NaN]);
    access.create({ ...SERVICE, spec: { ports: Number.NaN } });
    store.commit();
    expect(findings.map(({ written }) => written)).toEqual([
      'Service `web`: `one` writes NaN at `spec.list.0`',
      'Service `web`: `one` writes NaN at `spec.ports`',
    ]);
    expect(store.objects()).toEqual([]);
  });

  test('is not said of what JSON can hold', () => {
    const { store, findings, base } = newStore();
    base();
    store
      .access(writerOf('trait', 'one'))
      .edit(WEB)
      .set('spec.a', [null, true, '', 0, {}, Object.create(null)]);
    store.commit();
    expect(findings).toEqual([]);
  });
});

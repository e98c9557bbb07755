import type { JsonValue, ObjectWriter } from '@strake/core';
import { describe, expect, test } from 'vitest';
import { DEPLOYMENT, pod, POD, SERVICE, WEB, web, written } from '../../../../test/written-object.ts';

type Edit = (object: ObjectWriter) => void;
type Row = readonly [sentence: string, edit: Edit, path: string, value: JsonValue | undefined];

const PODS_ENV = [
  { name: 'LEVEL', value: 'info' },
  { name: 'KEY', valueFrom: { secretKeyRef: { name: 'keys', key: 'a' } } },
];

function holds(rows: readonly Row[], base = DEPLOYMENT): void {
  test.each(rows)('%s', (_, edit, path, value) => {
    const { at, said } = written(base, { trait: edit });
    expect(said).toEqual([]);
    expect(at(path)).toEqual(value);
  });
}

describe('on a map', () => {
  holds([
    [
      'merge adds entries',
      (it) => it.merge({ metadata: { labels: { tier: 'front' } } }),
      'metadata.labels',
      { app: 'web', tier: 'front' },
    ],
    ['merge replaces a value', (it) => it.merge({ spec: { replicas: 3 } }), 'spec.replicas', 3],
    [
      'merge makes the maps on its way',
      (it) => it.merge(web({ resources: { limits: { cpu: '1' } } })),
      `${WEB}.resources`,
      { limits: { cpu: '1' } },
    ],
    [
      'merge of an empty map makes one',
      (it) => it.merge({ metadata: { annotations: {} } }),
      'metadata.annotations',
      {},
    ],
    [
      'merge of an empty map takes nothing away',
      (it) => it.merge({ metadata: { labels: {} } }),
      'metadata.labels',
      { app: 'web' },
    ],
    [
      'merge of undefined entries only makes an empty map',
      (it) => it.merge({ metadata: { annotations: { a: undefined } } }),
      'metadata.annotations',
      {},
    ],
    [
      'merge of a map replaces a scalar',
      (it) => it.merge({ spec: { replicas: { a: 1 } } }),
      'spec.replicas',
      { a: 1 },
    ],
    [
      'set replaces the whole',
      (it) => it.set('metadata.labels', { tier: 'front' }),
      'metadata.labels',
      { tier: 'front' },
    ],
    [
      'set takes map keys with dots in brackets',
      (it) => it.set('metadata.labels[app.kubernetes.io/name]', 'web'),
      'metadata.labels[app.kubernetes.io/name]',
      'web',
    ],
    [
      'set takes the steps as an array',
      (it) => it.set(['metadata', 'labels', 'a.b'], 'c'),
      ['metadata', 'labels', 'a.b'].join('[') === '' ? '' : 'metadata.labels[a.b]',
      'c',
    ],
    [
      'remove takes an entry out',
      (it) => it.remove('spec.strategy'),
      'spec',
      { ...(DEPLOYMENT['spec'] as object), strategy: undefined },
    ],
    [
      'remove of what is absent changes nothing',
      (it) => it.remove('metadata.annotations.a'),
      'metadata',
      { ...DEPLOYMENT.metadata, namespace: 'shop' },
    ],
    ['remove below a scalar leaves the scalar', (it) => it.remove('spec.replicas.a'), 'spec.replicas', 1],
    [
      'delegate takes the field out',
      (it) => it.delegate('spec.replicas', { to: 'an autoscaler' }),
      'spec.replicas',
      undefined,
    ],
  ]);
});

describe('on a list whose elements have keys', () => {
  holds([
    ['merge changes an element', (it) => it.merge(web({ image: 'web:2' })), `${WEB}.image`, 'web:2'],
    [
      'merge leaves the other elements',
      (it) => it.merge(web({ image: 'web:2' })),
      `${POD}.containers[side]`,
      { name: 'side', image: 'side:1' },
    ],
    [
      'merge adds an element at the end',
      (it) => it.merge(web({ env: [{ name: 'A', value: 'b' }] })),
      `${WEB}.env`,
      [...PODS_ENV, { name: 'A', value: 'b' }],
    ],
    ['merge of an empty list takes nothing away', (it) => it.merge(web({ env: [] })), `${WEB}.env`, PODS_ENV],
    [
      'merge of a container port looks at number and protocol',
      (it) => it.merge(web({ ports: [{ containerPort: 80, name: 'web' }] })),
      `${WEB}.ports`,
      [
        { name: 'web', containerPort: 80 },
        { name: 'dns', containerPort: 80, protocol: 'UDP' },
      ],
    ],
    [
      'merge of a port with another number adds one',
      (it) => it.merge(web({ ports: [{ containerPort: 81, name: 'http' }] })),
      `${WEB}.ports[81]`,
      { containerPort: 81, name: 'http' },
    ],
    [
      'merge of a volume looks at its name',
      (it) => it.merge(pod({ volumes: [{ name: 'tmp', emptyDir: { medium: 'Memory' } }] })),
      `${POD}.volumes`,
      [{ name: 'tmp', emptyDir: { medium: 'Memory' } }],
    ],
    [
      'merge of a spread constraint looks at topology and action',
      (it) =>
        it.merge(
          pod({
            topologySpreadConstraints: [
              { topologyKey: 'zone', whenUnsatisfiable: 'ScheduleAnyway', maxSkew: 2 },
            ],
          }),
        ),
      `${POD}.topologySpreadConstraints[zone/DoNotSchedule].maxSkew`,
      1,
    ],
    [
      'merge below a path changes the element',
      (it) => it.at(WEB).merge({ image: 'web:3' }),
      `${WEB}.image`,
      'web:3',
    ],
    [
      'set changes a field of an element',
      (it) => it.set(`${WEB}.env[LEVEL].value`, 'debug'),
      `${WEB}.env[LEVEL]`,
      { name: 'LEVEL', value: 'debug' },
    ],
    [
      'set replaces an element in its position',
      (it) => it.set(`${WEB}.env[LEVEL]`, { name: 'LEVEL', value: 'x' }),
      `${WEB}.env`,
      [{ name: 'LEVEL', value: 'x' }, PODS_ENV[1] ?? null],
    ],
    ['set replaces the list', (it) => it.set(`${WEB}.env`, []), `${WEB}.env`, []],
    [
      'a path may leave out the protocol TCP',
      (it) => it.set(`${WEB}.ports[80].name`, 'web'),
      `${WEB}.ports[80/TCP].name`,
      'web',
    ],
    [
      'a path names any other protocol',
      (it) => it.set(`${WEB}.ports[80/UDP].name`, 'udp'),
      `${WEB}.ports[80/UDP].name`,
      'udp',
    ],
    ['remove takes an element out', (it) => it.remove(`${WEB}.env[LEVEL]`), `${WEB}.env`, PODS_ENV.slice(1)],
    [
      'remove of an absent element changes nothing',
      (it) => it.remove(`${WEB}.env[NOPE].value`),
      `${WEB}.env`,
      PODS_ENV,
    ],
    [
      'a writer may select an element that it adds',
      (it) => {
        it.merge(pod({ containers: [{ name: 'new', image: 'new:1' }] }));
        it.append(`${POD}.containers[new].args`, ['run']);
      },
      `${POD}.containers[new]`,
      { name: 'new', image: 'new:1', args: ['run'] },
    ],
  ]);

  holds(
    [
      [
        'merge of a service port looks at number and protocol',
        (it) => it.merge({ spec: { ports: [{ port: 53, name: 'tcp-dns' }] } }),
        'spec.ports[53]',
        { port: 53, name: 'tcp-dns' },
      ],
      [
        'a path to a service port may leave out TCP',
        (it) => it.set('spec.ports[80].targetPort', 8080),
        'spec.ports[80/TCP].targetPort',
        8080,
      ],
    ],
    SERVICE,
  );

  test('append is refused', () => {
    const { findings, at } = written(DEPLOYMENT, { trait: (it) => it.append(`${WEB}.env`, [{ name: 'A' }]) });
    expect(findings).toMatchObject([
      { code: 'list-has-key', allowed: 'elements of this list are merged by name' },
    ]);
    expect(at(`${WEB}.env`)).toEqual(PODS_ENV);
  });

  test.each([
    ['set', (it: ObjectWriter) => it.set(`${POD}.containers[api].image`, 'x')],
    ['append', (it: ObjectWriter) => it.append(`${POD}.containers[api].args`, ['x'])],
    ['delegate', (it: ObjectWriter) => it.delegate(`${POD}.containers[api].image`, { to: 'flux' })],
    ['merge', (it: ObjectWriter) => it.at(`${POD}.containers[api]`).merge({ image: 'x' })],
  ])('%s to an element that is not there names those that are', (_, trait) => {
    const { findings, object } = written(DEPLOYMENT, { trait });
    expect(findings).toMatchObject([
      {
        code: 'no-such-element',
        written: '`spec.template.spec.containers` of Deployment `web`: the element `api` is selected',
        allowed: 'one of web, side',
      },
    ]);
    expect(object.delegations).toEqual([]);
  });

  test('an element that is not there is named although another writer would have nothing in it', () => {
    const { findings } = written(DEPLOYMENT, {
      one: (it) => it.remove(`${POD}.containers[api].image`),
      other: (it) => it.set(`${POD}.containers[api].tty`, true),
    });
    expect(findings.map(({ code, sources }) => [code, sources.length])).toEqual([['no-such-element', 2]]);
  });

  test.each([
    ['two elements of one key', [{ name: 'A' }, { name: 'A' }], 'writes `A` twice'],
    ['an element without a key', [{ value: 'b' }], 'writes an element without a key'],
  ])('%s are refused in every operation', (_, env, said) => {
    for (const trait of [
      (it: ObjectWriter) => it.merge(web({ env })),
      (it: ObjectWriter) => it.set(`${WEB}.env`, env),
    ]) {
      const { findings } = written(DEPLOYMENT, { trait });
      expect(findings).toMatchObject([{ code: 'list-duplicate-key' }]);
      expect(findings[0]?.written).toContain(said);
      expect(findings[0]?.written).toContain('containers[web].env'.replace('[web]', '.web'));
    }
  });

  test('duplicates in the base are refused', () => {
    const base = { ...SERVICE, spec: { ports: [{ port: 80 }, { port: 80, protocol: 'TCP' }] } };
    expect(written(base).said).toEqual([
      'list-duplicate-key `spec.ports` of Service `web`: `WebService` writes `80/TCP` twice',
    ]);
  });
});

describe('on a set', () => {
  holds([
    [
      'merge adds what is not there',
      (it) => it.merge({ metadata: { finalizers: ['acme.io/a', 'acme.io/b'] } }),
      'metadata.finalizers',
      ['acme.io/a', 'acme.io/b'],
    ],
    [
      'append adds what is not there',
      (it) => it.append('metadata.finalizers', ['acme.io/b', 'acme.io/a']),
      'metadata.finalizers',
      ['acme.io/a', 'acme.io/b'],
    ],
    ['set replaces it', (it) => it.set('metadata.finalizers', []), 'metadata.finalizers', []],
    ['remove takes it out', (it) => it.remove('metadata.finalizers'), 'metadata.finalizers', undefined],
  ]);

  test('a value that stands twice is refused', () => {
    const { said } = written(DEPLOYMENT, {
      trait: (it) => it.merge({ metadata: { finalizers: ['b', 'b'] } }),
    });
    expect(said).toEqual([
      'list-duplicate-key `metadata.finalizers` of Deployment `web`: `trait` writes `b` twice',
    ]);
  });
});

describe('on a list whose elements have no key', () => {
  holds([
    [
      'append adds strings that are not there',
      (it) => it.append(`${WEB}.args`, ['serve', '--verbose']),
      `${WEB}.args`,
      ['serve', '--verbose'],
    ],
    [
      'append compares maps by content',
      (it) => it.append(`${POD}.tolerations`, [{ operator: 'Exists', key: 'spot' }, { key: 'gpu' }]),
      `${POD}.tolerations`,
      [{ key: 'spot', operator: 'Exists' }, { key: 'gpu' }],
    ],
    [
      'append makes the list',
      (it) => it.append(`${POD}.containers[side].args`, ['a']),
      `${POD}.containers[side].args`,
      ['a'],
    ],
    [
      'append adds up',
      (it) => {
        it.append(`${WEB}.args`, ['a']);
        it.append(`${WEB}.args`, ['b']);
      },
      `${WEB}.args`,
      ['serve', 'a', 'b'],
    ],
    ['set replaces it', (it) => it.set(`${WEB}.args`, ['a']), `${WEB}.args`, ['a']],
    ['remove takes it out', (it) => it.remove(`${POD}.tolerations`), `${POD}.tolerations`, undefined],
  ]);

  test('merge is refused', () => {
    const { findings, at } = written(DEPLOYMENT, { trait: (it) => it.merge(web({ args: ['b'] })) });
    expect(findings).toMatchObject([
      { code: 'list-has-no-key', fix: 'Use append() or set() on this list in `trait`.' },
    ]);
    expect(at(`${WEB}.args`)).toEqual(['serve']);
  });

  test('merge below a selected element is refused too, even where there is no list yet', () => {
    const { said } = written(DEPLOYMENT, {
      trait: (it) => it.at(`${POD}.containers[side]`).merge({ args: ['a'] }),
    });
    expect(said).toEqual([
      'list-has-no-key `spec.template.spec.containers.side.args` of Deployment `web`: `trait` merges ["a"]',
    ]);
  });

  test('no element can be selected, not even to remove it', () => {
    const { findings } = written(DEPLOYMENT, { trait: (it) => it.remove(`${POD}.tolerations[spot]`) });
    expect(findings).toMatchObject([
      { code: 'no-such-element', allowed: 'a list whose elements have a key' },
    ]);
  });
});

describe('of one writer', () => {
  holds([
    [
      'the later of two values holds',
      (it) => {
        it.set('spec.replicas', 2);
        it.merge({ spec: { replicas: 3 } });
      },
      'spec.replicas',
      3,
    ],
    [
      'set replaces what it merged below',
      (it) => {
        it.merge({ metadata: { labels: { a: 'b' } } });
        it.set('metadata.labels', { c: 'd' });
      },
      'metadata.labels',
      { c: 'd' },
    ],
    [
      'merge adds to what it set',
      (it) => {
        it.set('metadata.labels', { c: 'd' });
        it.merge({ metadata: { labels: { a: 'b' } } });
      },
      'metadata.labels',
      { a: 'b', c: 'd' },
    ],
    [
      'remove takes back what it merged below',
      (it) => {
        it.merge(web({ resources: { limits: { cpu: '1' } } }));
        it.remove(`${WEB}.resources`);
      },
      `${WEB}.resources`,
      undefined,
    ],
    [
      'append adds to what it set',
      (it) => {
        it.set(`${WEB}.args`, ['c']);
        it.append(`${WEB}.args`, ['d']);
      },
      `${WEB}.args`,
      ['c', 'd'],
    ],
    [
      'set replaces what it appended',
      (it) => {
        it.append(`${WEB}.args`, ['a']);
        it.append(`${WEB}.args`, ['b']);
        it.set(`${WEB}.args`, ['c']);
      },
      `${WEB}.args`,
      ['c'],
    ],
  ]);
});

test('the later of two controllers that one writer names has the field', () => {
  const { object, said } = written(DEPLOYMENT, {
    trait: (it) => {
      it.delegate('spec.replicas', { to: 'HPA' });
      it.delegate('spec.replicas', { to: 'KEDA' });
    },
  });
  expect(said).toEqual([]);
  expect(object.delegations.map(({ to }) => to)).toEqual(['KEDA']);
});

test('refuses null in a merge', () => {
  const { findings } = written(DEPLOYMENT, { trait: (it) => it.merge({ spec: { replicas: null } }) });
  expect(findings).toMatchObject([
    { code: 'value-invalid', written: '`spec.replicas` of Deployment `web`: `trait` merges null' },
  ]);
});

test('keeps null in a base', () => {
  expect(written({ ...SERVICE, spec: { selector: null } }).object.value?.['spec']).toEqual({
    selector: null,
  });
});

test('keeps an empty map of a base that others of its layer write to', () => {
  const { at } = written(DEPLOYMENT, {
    trait: (it) => it.merge(pod({ volumes: [{ name: 'new', emptyDir: { medium: undefined } }] })),
  });
  expect(at(`${POD}.volumes[new]`)).toEqual({ name: 'new', emptyDir: {} });
});

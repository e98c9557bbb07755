import { Config, SecretClaim, StatefulService, WebService, Worker } from '@strake/components';
import { App, Testing } from 'cdk8s';
import { expect, test } from 'vitest';
import * as z from 'zod';
import {
  Application,
  defineConfig,
  defineOperations,
  defineScope,
  defineTrait,
  from,
  Platform,
  Pods,
  propertiesOf,
  render,
  Scalable,
  type Config as ProjectConfig,
  type Finding,
  type KubernetesObject,
  type OtherTraits,
} from './index.ts';

class Payments extends Application {
  readonly api = new WebService(this, 'api', { image: 'payments:1', ports: { http: 8080 } });
}

class Shop extends Application {
  readonly settings = new Config(this, 'settings', { data: { A: '1' } });
  readonly redis = new StatefulService(this, 'redis', { image: 'redis:7', ports: { redis: 6379 } });
  readonly web = new WebService(this, 'web', { image: 'shop:1', ports: { http: 80 } })
    .connectTo(this.redis, { env: 'REDIS' })
    .connectTo(from(Payments).api, { env: { host: 'PAY_HOST', port: 'PAY_PORT', address: 'PAY' } });
}

const label = defineTrait({
  name: 'label',
  package: 'test',
  summary: 'Labels the workload.',
  properties: propertiesOf<{}>()({}),
  needs: [Scalable],
  apply: ({ edit, scalable, environment }) =>
    edit(scalable.workload).merge({ metadata: { labels: { tier: environment.tier } } }),
});

const stamp = defineScope({
  name: 'stamp',
  package: 'test',
  summary: 'Stamps every object.',
  properties: propertiesOf<{}>()({}),
  application: ({ objects, edit }) => {
    for (const { apiVersion, kind, metadata } of objects()) {
      edit({ apiVersion, kind, ...metadata }).merge({ metadata: { annotations: { stamped: 'yes' } } });
    }
  },
  platform: ({ namespaces, create }) => {
    for (const name of namespaces) create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
  },
});

function objectsOf(
  config: ProjectConfig,
  environment: string,
  application: string,
): readonly KubernetesObject[] {
  const { applications, findings } = render(config);
  expect(findings).toEqual([]);
  const found = applications.find(
    (each) => each.environment.name === environment && each.application === application,
  );
  return found?.manifests.map(({ object }) => object) ?? [];
}

function codes(findings: readonly Finding[]): string[] {
  return findings.map(({ code, path }) => `${code} ${path}`);
}

const platform = new Platform('acme', {
  environments: { staging: {}, production: { namespaces: { payments: 'pay' } } },
});
const shop = defineConfig({ project: 'shop', applications: { shop: Shop, payments: Payments }, platform });

test('renders every application for every environment', () => {
  expect(
    render(shop).applications.map(({ environment, application }) => `${environment.name}/${application}`),
  ).toEqual(['staging/shop', 'staging/payments', 'production/shop', 'production/payments']);
});

test('tells a component where the components are that it connects to', () => {
  const web = objectsOf(shop, 'production', 'shop').find(({ kind }) => kind === 'Deployment');
  expect(web).toMatchObject({
    spec: {
      template: {
        spec: {
          containers: [
            {
              env: [
                { name: 'REDIS', value: 'redis:6379' },
                { name: 'PAY_HOST', value: 'api.pay' },
                { name: 'PAY_PORT', value: '8080' },
                { name: 'PAY', value: 'api.pay:8080' },
              ],
            },
          ],
        },
      },
    },
  });
});

test('gives scopes the connections of all applications', () => {
  const seen: unknown[] = [];
  const spy = defineScope({
    name: 'spy',
    package: 'test',
    summary: 'Sees.',
    properties: propertiesOf<{}>()({}),
    platform: ({ facts }) => seen.push(...facts.applications.flatMap(({ connections }) => connections)),
  });
  render({ ...shop, ownsPlatform: true, platform: platform.supply(spy(), { environments: ['staging'] }) });
  expect(seen).toEqual([
    {
      from: { application: 'shop', component: 'web' },
      to: { application: 'shop', component: 'redis' },
      port: 'redis',
    },
    {
      from: { application: 'shop', component: 'web' },
      to: { application: 'payments', component: 'api' },
      port: 'http',
    },
  ]);
});

test('applies the layers in order and shares what scopes make for the platform', () => {
  const operations = [defineOperations(Payments, (payments) => void payments.api.attach(label()))];
  const config = {
    ...shop,
    operations,
    platform: platform.supply(stamp(), { tier: 'staging' }),
    ownsPlatform: true,
  };
  const [service, deployment] = objectsOf(config, 'staging', 'payments');
  expect(service?.metadata).toMatchObject({ annotations: { stamped: 'yes' } });
  expect(deployment?.metadata).toMatchObject({
    labels: { tier: 'staging' },
    annotations: { stamped: 'yes' },
  });
  expect(objectsOf(config, 'staging', 'platform').map(({ metadata }) => metadata.name)).toEqual([
    'payments',
    'shop',
  ]);
  expect(objectsOf(config, 'production', 'payments')[0]?.metadata.annotations).toBeUndefined();
  expect(objectsOf(config, 'production', 'platform')).toEqual([]);
});

test('writes shared objects from the platform home only', () => {
  const { applications } = render({ ...shop, platform: platform.supply(stamp()) });
  expect(applications.map(({ application }) => application)).not.toContain('platform');
});

test('renders only the environments and applications that are asked for', () => {
  const { applications, findings } = render(shop, { environments: ['staging'], applications: ['payments'] });
  expect(findings).toEqual([]);
  expect(applications.map(({ environment, application }) => `${environment.name}/${application}`)).toEqual([
    'staging/payments',
  ]);
});

test('names environments and applications that do not exist', () => {
  const { findings } = render(shop, { environments: ['stagin', 'prod'], applications: ['stock', 'p'] });
  expect(findings.map(({ code, path, fix }) => `${code} ${path}: ${fix}`).toSorted()).toEqual([
    'application-unknown applications: Name one of the applications that exist.',
    'application-unknown applications: Name one of the applications that exist.',
    'environment-unknown environments: Did you mean `production`?',
    'environment-unknown environments: Did you mean `staging`?',
  ]);
});

test('reports a fault of several environments once', () => {
  class Wrong extends Application {
    readonly secret = new SecretClaim(this, 'secret', { keys: ['a'] });
  }
  const { findings } = render({ project: 'wrong', applications: { wrong: Wrong }, platform });
  expect(codes(findings)).toEqual(['claim-unsupplied wrong/secret']);
  expect(findings[0]?.environments).toEqual(['staging', 'production']);
  expect(findings[0]?.sources[0]?.file).toContain('render.test.ts');
});

test('one wrong component does not echo in what is attached to it', () => {
  class Wrong extends Application {
    // @ts-expect-error: no image
    readonly web = new WebService(this, 'web', { ports: { http: 80 } });
  }
  const operations = [defineOperations(Wrong, (wrong) => void wrong.web.attach(label()))];
  const { findings } = render({ project: 'wrong', applications: { wrong: Wrong }, operations });
  expect(codes(findings)).toEqual(['property-invalid wrong/web']);
});

test('goes on with the other applications when one throws', () => {
  class Wrong extends Application {
    readonly web = new WebService(this, 'web', { image: fail(), ports: { http: 80 } });
  }
  function fail(): string {
    throw new TypeError('no image today');
  }
  const { findings, applications } = render({
    project: 'wrong',
    applications: { wrong: Wrong, payments: Payments },
  });
  expect(findings.map(({ written }) => written)).toEqual(['it threw TypeError: no image today']);
  expect(applications.find(({ application }) => application === 'payments')?.manifests).toHaveLength(2);
});

test('refuses two scopes of one type for one application, unless the type allows it', () => {
  const twice = render({ ...shop, platform: platform.supply(stamp(), { tier: 'staging' }).supply(stamp()) });
  expect(codes(twice.findings)).toEqual(['scope-overlap payments', 'scope-overlap shop']);
});

test('refuses an object that two applications of an environment make', () => {
  class Other extends Application {
    readonly api = new Worker(this, 'api', { image: 'other:1' });
  }
  const shared = new Platform('acme', { environments: { staging: { namespace: 'all' } } });
  const { findings } = render({
    project: 'two',
    applications: { payments: Payments, other: Other },
    platform: shared,
  });
  expect(codes(findings)).toEqual(['object-duplicate other']);
});

test('refuses a plain Secret, whoever makes it', () => {
  const plain = defineTrait({
    name: 'plain',
    package: 'test',
    summary: 'Makes a Secret.',
    properties: propertiesOf<{}>()({}),
    needs: [],
    apply: ({ create }) =>
      create({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'token' }, data: { a: 'czNjcjN0' } }),
  });
  const operations = [defineOperations(Payments, (payments) => void payments.api.attach(plain()))];
  const { findings } = render({ project: 'shop', applications: { payments: Payments }, operations });
  expect(codes(findings)).toEqual(['secret-plaintext payments/api']);
  expect(JSON.stringify(findings)).not.toContain('czNjcjN0');
});

test('hands the properties of an absorbed trait to the one that absorbs it', () => {
  const seen: unknown[] = [];
  const count = defineTrait({
    name: 'count',
    package: 'test',
    summary: 'Counts.',
    properties: propertiesOf<{}>()({}),
    needs: [],
    apply: () => seen.push('applied'),
  });
  const above = defineTrait({
    name: 'above',
    package: 'test',
    summary: 'Takes over.',
    properties: propertiesOf<{}>()({}),
    needs: [],
    absorbs: { count },
    apply: ({ absorbed }) => seen.push(absorbed.count),
  });
  const operations = [defineOperations(Payments, (payments) => void payments.api.attach(above(), count()))];
  render({ project: 'shop', applications: { payments: Payments }, operations });
  expect(seen).toEqual([{}]);
});

test('an application under a cdk8s app of the user gives the component layer', () => {
  const payments = new Payments(new App(), 'payments');
  expect(Testing.synth(payments)).toMatchObject([
    { kind: 'Service', metadata: { name: 'api', namespace: 'payments' } },
    { kind: 'Deployment', metadata: { name: 'api', namespace: 'payments' } },
  ]);
});

test('the same code gives the same objects, in whatever order traits are attached', () => {
  const build = (flip: boolean) => {
    const mark = defineTrait({
      name: 'mark',
      package: 'test',
      summary: 'Marks the workload.',
      properties: propertiesOf<{}>()({}),
      needs: [Scalable],
      apply: ({ edit, scalable }) => edit(scalable.workload).set('spec.replicas', 2),
    });
    const traits = flip ? [mark(), label()] : [label(), mark()];
    const operations = [defineOperations(Payments, (payments) => void payments.api.attach(...traits))];
    return objectsOf(
      { project: 'shop', applications: { payments: Payments }, operations },
      'default',
      'payments',
    );
  };
  expect(build(true)).toEqual(build(false));
});

test('attaches a trait to all that it fits with with(), and warns where it fits nothing', () => {
  class Settings extends Application {
    readonly settings = new Config(this, 'settings', { data: {} });
  }
  const all = defineOperations(Shop, (application) => void application.with(label()));
  const none = defineOperations(Settings, (application) => void application.with(label()));
  const applications = { shop: Shop, payments: Payments, settings: Settings };
  const { applications: rendered, findings } = render({
    project: 'all',
    applications,
    operations: [all, none],
  });
  const labelled = rendered[0]?.manifests.filter(
    ({ object }) => object.metadata.labels?.['tier'] === 'default',
  );
  expect(labelled?.map(({ object }) => object.kind)).toEqual(['StatefulSet', 'Deployment']);
  expect(findings.map(({ code, severity, path }) => `${severity} ${code} ${path}`)).toEqual([
    'warning trait-unmatched settings',
  ]);
});

test('hands the properties of a known trait over, and applies it all the same', () => {
  const seen: unknown[] = [];
  const size = defineTrait({
    name: 'size',
    package: 'test',
    summary: 'Sizes.',
    properties: propertiesOf<{ readonly size: number }>()({ size: z.number() }),
    needs: [],
    apply: (_, properties) => seen.push(properties),
  });
  const reader = defineTrait({
    name: 'reader',
    package: 'test',
    summary: 'Reads.',
    properties: propertiesOf<{}>()({}),
    needs: [],
    knows: { size },
    apply: ({ known }) => seen.push(known.size?.size),
  });
  const operations = [
    defineOperations(Payments, (payments) => void payments.api.attach(reader(), size({ size: 3 }))),
  ];
  render({ project: 'shop', applications: { payments: Payments }, operations });
  expect(seen).toEqual([3, { size: 3 }]);
});

test('a trait that is absorbed itself absorbs nothing', () => {
  const seen: string[] = [];
  const make = <Absorbs extends OtherTraits>(name: string, absorbs: Absorbs) =>
    defineTrait({
      name,
      package: 'test',
      summary: 'Is applied.',
      properties: propertiesOf<{}>()({}),
      needs: [],
      absorbs,
      apply: () => seen.push(name),
    });
  const lowest = make('lowest', {});
  const middle = make('middle', { lowest });
  const highest = make('highest', { middle });
  const operations = [
    defineOperations(Payments, (payments) => void payments.api.attach(lowest(), middle(), highest())),
  ];
  render({ project: 'shop', applications: { payments: Payments }, operations });
  expect(seen).toEqual(['lowest', 'highest']);
});

test('a merge brings the arguments of a container that it makes, and replaces those of none', () => {
  const container = defineTrait({
    name: 'container',
    package: 'test',
    summary: 'Merges a container.',
    properties: propertiesOf<{ readonly name: string }>()({ name: z.string() }),
    needs: [Pods],
    apply: ({ edit, pods }, { name }) =>
      edit(pods.workload)
        .at(pods.template)
        .merge({ spec: { containers: [{ name, image: 'x:1', args: ['--now'] }] } }),
  });
  class WithArgs extends Application {
    readonly job = new Worker(this, 'job', { image: 'x:1', args: ['--later'] });
  }
  const rendered = (name: string) => {
    const operations = [defineOperations(WithArgs, (each) => void each.job.attach(container({ name })))];
    return render({ project: 'args', applications: { args: WithArgs }, operations });
  };
  expect(rendered('helper').applications[0]?.manifests[0]?.object).toMatchObject({
    spec: {
      template: { spec: { containers: [{ args: ['--later'] }, { name: 'helper', args: ['--now'] }] } },
    },
  });
  expect(codes(rendered('job').findings)).toEqual(['list-has-no-key args/job']);
});

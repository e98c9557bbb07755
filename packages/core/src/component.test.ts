import { WebService } from '@strake/components';
import { expect, test } from 'vitest';
import { Application, from, render, type ApplicationClass, type ComponentReference } from './index.ts';

class Ads extends Application {
  readonly api = new WebService(this, 'api', { image: 'ads:1', ports: { http: 80 } });
}

class Shop extends Application {
  readonly cart = new WebService(this, 'cart', { image: 'cart:1', ports: { http: 8080, grpc: 9090 } });
  readonly mail = new WebService(this, 'mail', { image: 'mail:1', ports: { http: 8080 } });
  readonly web = new WebService(this, 'web', { image: 'shop:1', ports: { http: 80 } });
}

function renderShop(applicationClass: ApplicationClass) {
  const { applications, findings } = render({
    project: 'shop',
    applications: { shop: applicationClass, ads: Ads },
  });
  const objects = applications.flatMap(({ manifests }) => manifests.map(({ object }) => object));
  const web = objects.find(({ kind, metadata }) => kind === 'Deployment' && metadata.name === 'web');
  return { findings, web, facts: applications[0]?.facts };
}

test('connects to several components by the variables that get their addresses', () => {
  class Connected extends Shop {
    constructor(...given: ConstructorParameters<typeof Shop>) {
      super(...given);
      this.web.connectTo({ MAIL_ADDR: this.mail, ADS_ADDR: from(Ads).api });
    }
  }
  const { findings, web, facts } = renderShop(Connected);
  expect(findings).toEqual([]);
  expect(web).toHaveProperty('spec.template.spec.containers.0.env', [
    { name: 'MAIL_ADDR', value: 'mail:8080' },
    { name: 'ADS_ADDR', value: 'api.ads:80' },
  ]);
  expect(facts?.connections.map(({ to }) => `${to.application}/${to.component}`)).toEqual([
    'shop/mail',
    'ads/api',
  ]);
});

test.each<[string, Readonly<Record<string, ComponentReference | undefined>> | string | undefined, string[]]>([
  ['a field without a value', undefined, ['connectTo() gets a field that has no value yet']],
  [
    'such fields, each by its variable',
    { MAIL_ADDR: undefined, ADS_ADDR: undefined },
    [
      'connectTo() gets a field that has no value yet for `ADS_ADDR`',
      'connectTo() gets a field that has no value yet for `MAIL_ADDR`',
    ],
  ],
  ['a text', 'mail', ['connectTo() gets something that is not a component']],
  ['no variable', {}, ['connectTo() gets something that is not a component']],
  ['another application without a field', from(Ads), ['connectTo() gets something that is not a component']],
])('reports %s at the line that connects', (_, target, written) => {
  class Misconnected extends Shop {
    constructor(...given: ConstructorParameters<typeof Shop>) {
      super(...given);
      // @ts-expect-error not what types allow
      this.web.connectTo(target);
    }
  }
  const { findings } = renderShop(Misconnected);
  expect(findings.map((each) => each.written)).toEqual(written);
  const [line, ...others] = new Set(findings.flatMap(({ sources }) => sources.map((each) => each.line)));
  expect([line, others]).toEqual([expect.any(Number), []]);
  expect(findings.every(({ sources }) => sources[0]?.file.endsWith('component.test.ts'))).toBe(true);
});

test('reports a component among several whose port has to be named', () => {
  class Ambiguous extends Shop {
    constructor(...given: ConstructorParameters<typeof Shop>) {
      super(...given);
      this.web.connectTo({ MAIL_ADDR: this.mail, CART_ADDR: this.cart });
    }
  }
  expect(renderShop(Ambiguous).findings).toMatchObject([
    { code: 'connection-port-missing', path: 'shop/web', written: 'a connection to `cart` names no port' },
  ]);
});

test('says what is wrong with a component once, and not again of its callers', () => {
  class Broken extends Shop {
    constructor(...given: ConstructorParameters<typeof Shop>) {
      super(...given);
      const api = new WebService(this, 'api', { image: 'api:1', ports: { http: -1 } });
      this.web.connectTo({ API_ADDR: api, MAIL_ADDR: this.mail });
    }
  }
  const { findings, web } = renderShop(Broken);
  expect(findings.map(({ code, path }) => `${code} ${path}`)).toEqual(['property-invalid shop/api']);
  expect(web).toHaveProperty('spec.template.spec.containers.0.env', [
    { name: 'MAIL_ADDR', value: 'mail:8080' },
  ]);
});

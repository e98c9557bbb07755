import { WebService } from '@strake/components';
import { Application, defineConfig } from '@strake/core';
import { expect, test } from 'vitest';
import { runOn } from '../../../../test/laws/in-process.ts';
import { temporary } from '../../../../test/temporary.ts';

const folder = temporary();

class Cart extends Application {
  readonly web = new WebService(this, 'web', { image: 'cart:1.0.0', ports: { http: 80 } });
}

const explained = async (...words: readonly string[]) => {
  const config = () => defineConfig({ project: 'cart', applications: { cart: Cart } });
  const said = await runOn(config, ['explain', ...words, '--json'], folder());
  const { findings, objects } = JSON.parse(said.out);
  return { code: said.code, findings, objects };
};

test('a path at which nothing stands is named with the one that was likely meant, and with what stands there', async () => {
  const { code, findings } = await explained('Deployment/web', 'spec.template.spec.containers.web.imge');
  expect(code).toBe(2);
  expect(findings).toMatchObject([
    {
      code: 'object-unknown',
      written: 'nothing stands at `spec.template.spec.containers.web.imge`',
      allowed: expect.stringMatching(/^what stands below `spec\.template\.spec\.containers\.web`: .*`image`/),
      fix: 'Did you mean `spec.template.spec.containers.web.image`?',
    },
  ]);
});

test('an element may be named in brackets', async () => {
  const { code, objects } = await explained('Deployment/web', 'spec.template.spec.containers[web].image');
  expect(code).toBe(0);
  expect(objects).toMatchObject([{ values: [{ value: 'cart:1.0.0' }] }]);
});

test('an object that is not rendered is named with those of its name', async () => {
  const { findings } = await explained('svc/web');
  expect(findings).toMatchObject([
    { code: 'object-unknown', allowed: 'objects named `web`: `Service/web`, `Deployment/web`' },
  ]);
});

test('where nothing is rendered for an error, that error is told alone', async () => {
  const { code, findings } = await explained('Deployment/web', '--env', 'nowhere');
  expect(code).toBe(2);
  expect(findings).toMatchObject([{ code: 'environment-unknown' }]);
  expect(findings).toHaveLength(1);
});

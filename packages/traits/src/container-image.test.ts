import { WebService } from '@strake/components';
import { Application, defineOperations, image, render } from '@strake/core';
import { expect, test } from 'vitest';
import { containerImage, type ContainerImageProperties } from './container-image.ts';

class Shop extends Application {
  readonly web = new WebService(this, 'web', { image: 'ghcr.io/acme/web:1.0.0', ports: { http: 8080 } });
}

function shopWith(properties: ContainerImageProperties) {
  const operations = [defineOperations(Shop, (shop) => void shop.web.attach(containerImage(properties)))];
  const { applications, findings } = render({ project: 'shop', applications: { shop: Shop }, operations });
  const objects = (applications[0]?.manifests ?? []).map(({ object }) => object);
  const deployment = objects.find(({ kind }) => kind === 'Deployment');
  return { findings, objects, deployment, spec: deployment?.['spec'] };
}

const IMAGE = 'registry.example.com:5000/acme/web';
const VERSION = 'app.kubernetes.io/version';

function versionsOf({ deployment }: ReturnType<typeof shopWith>) {
  return [...JSON.stringify(deployment).matchAll(/"app\.kubernetes\.io\/version":"([^"]*)"/g)].map(
    ([, version]) => version,
  );
}

test('runs another image, and the version label follows', () => {
  const shop = shopWith({ image: `${IMAGE}:2.0.0`, imagePullPolicy: 'IfNotPresent' });
  expect(shop.findings).toEqual([]);
  expect(shop.spec).toMatchObject({
    template: { spec: { containers: [{ image: `${IMAGE}:2.0.0`, imagePullPolicy: 'IfNotPresent' }] } },
  });
  expect(versionsOf(shop)).toEqual(['2.0.0', '2.0.0']);
});

test('leaves out the version label where the image has no tag', () => {
  const shop = shopWith({ image: `${IMAGE}@sha256:${'0'.repeat(64)}` });
  expect(shop.findings).toEqual([]);
  expect(JSON.stringify(shop.deployment)).not.toContain(VERSION);
});

test.each([IMAGE, `${IMAGE}:latest`])('warns of %s, which is another program tomorrow', (image) => {
  expect(shopWith({ image }).findings).toMatchObject([{ severity: 'warning', path: 'shop/web' }]);
});

test('rejects what is no image', () => {
  for (const image of ['', 'acme/web :1', ':1.0.0']) {
    expect(shopWith({ image }).findings, image).toMatchObject([
      { code: 'property-invalid', severity: 'error' },
    ]);
  }
});

test('rejects a text for an image that the lock decides, and the other way round', () => {
  const locked = image({ name: 'ghcr.io/acme/web', policy: 'minor' });
  expect(shopWith({ image: locked }).findings.slice(0, 1)).toMatchObject([
    { code: 'image-decided-twice', path: 'shop/web', severity: 'error' },
  ]);
  class Locked extends Application {
    readonly web = new WebService(this, 'web', { image: locked, ports: { http: 8080 } });
  }
  const given = [image({ name: 'ghcr.io/acme/web-debug', policy: 'patch' }), 'ghcr.io/acme/web:1.0.0'];
  const codes = given.map((each) => {
    const operations = [
      defineOperations(Locked, (app) => void app.web.attach(containerImage({ image: each }))),
    ];
    return render({ project: 'shop', applications: { shop: Locked }, operations }).findings.map(
      ({ code }) => code,
    );
  });
  expect(codes[0]).not.toContain('image-decided-twice');
  expect(codes[1]).toContain('image-decided-twice');
});

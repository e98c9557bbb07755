import { Application, defineOperations, Platform } from '@strake/core';
import { expect, test } from 'vitest';
import { renderOne } from './render-one.ts';
import { StockComponent } from './stock-component.ts';
import { stockTrait } from './stock-trait.ts';

class Shop extends Application {
  readonly web = new StockComponent(this, 'web');
}

test('renders one application in one environment, and hands out its objects', () => {
  const platform = new Platform('acme', { environments: { staging: {}, production: { namespace: 'live' } } });
  const operations = [defineOperations(Shop, ({ web }) => void web.attach(stockTrait()))];
  const shop = renderOne(Shop, { platform, environment: 'production', operations });
  expect(shop.findings).toEqual([]);
  expect(shop.object('Deployment', 'web')).toMatchObject({ metadata: { namespace: 'live' } });
  expect(shop.of('ConfigMap').map(({ metadata }) => metadata.name)).toEqual(['web-stock']);
  expect(renderOne(Shop).objects).toHaveLength(2);
});

test('says what there is where an object is missing', () => {
  expect(() => renderOne(Shop).object('Deployment', 'wbe')).toThrow(
    'there is no Deployment/wbe, only Deployment/web, Service/web',
  );
});

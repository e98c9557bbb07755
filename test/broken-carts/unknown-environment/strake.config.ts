import { WebService } from '@strake/components';
import { Application, defineConfig, Platform } from '@strake/core';
import { network } from '@strake/scopes';

class Cart extends Application {
  readonly web = new WebService(this, 'web', { image: 'ghcr.io/acme/cart:1.4.2', ports: { http: 8080 } });
}

const platform = new Platform('acme', { environments: { staging: {}, production: {} } })
  // @ts-expect-error: there is no such environment
  .supply(network(), { environments: ['prodution'] });

export default defineConfig({ project: 'cart', applications: { cart: Cart }, platform });

import { Config, SecretClaim, WebService } from '@strake/components';
import { Application, defineConfig, defineOperations, Platform } from '@strake/core';
import { replicas } from '@strake/traits';

class Cart extends Application {
  readonly settings = new Config(this, 'settings', { data: {} });
  readonly connection = new SecretClaim(this, 'connection', { keys: ['password'] });
  // @ts-expect-error: the property is `ports`
  readonly web = new WebService(this, 'web', { image: 'ghcr.io/acme/cart:1.4.2', port: { http: 8080 } });
  readonly api = new WebService(this, 'API', { image: 'ghcr.io/acme/api:1.0.0', ports: { http: 8080 } });
}

const operations = defineOperations(Cart, (cart) => {
  // @ts-expect-error: a config has no replicas
  cart.settings.attach(replicas({ count: 1 }));
  cart.web.attach(replicas({ count: 3 }));
  cart.api.attach(replicas({ count: -1 }));
});

const platform = new Platform('acme', { environments: { staging: {}, production: {} } });

export default defineConfig({
  project: 'cart',
  applications: { cart: Cart },
  operations: [operations],
  platform,
});

import { WebService } from '@strake/components';
import { Application, defineConfig, defineOperations } from '@strake/core';
import { replicas } from '@strake/traits';

class Cart extends Application {
  readonly web = new WebService(this, 'web', { image: 'ghcr.io/acme/cart:1.4.2', ports: { http: 8080 } });
}

const operations = defineOperations(Cart, (cart) => {
  // @ts-expect-error: a count is a number
  cart.web.attach(replicas({ count: 'three' }));
});

export default defineConfig({ project: 'cart', applications: { cart: Cart }, operations: [operations] });

import { WebService } from '@strake/components';
import { Application, defineConfig, defineOperations } from '@strake/core';
import { replicas } from '@strake/traits';

class Cart extends Application {
  readonly web = new WebService(this, 'web', { image: 'ghcr.io/acme/cart:1.4.2', ports: { http: 8080 } });
}

const operations = defineOperations(Cart, (cart) => {
  cart.web.attach(replicas({ count: 3 }));
  cart.web.attach(replicas({ count: 5 }));
});

export default defineConfig({ project: 'cart', applications: { cart: Cart }, operations: [operations] });

import { Config } from '@strake/components';
import { Application, defineConfig, defineOperations } from '@strake/core';
import { replicas } from '@strake/traits';

class Cart extends Application {
  readonly settings = new Config(this, 'settings', { data: { LOG_LEVEL: 'info' } });
}

const operations = defineOperations(Cart, (cart) => {
  // @ts-expect-error: a config has no replicas; JavaScript would not be told
  cart.settings.attach(replicas({ count: 3 }));
});

export default defineConfig({ project: 'cart', applications: { cart: Cart }, operations: [operations] });

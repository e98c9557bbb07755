import { WebService } from '@strake/components';
import {
  Application,
  defineConfig,
  defineOperations,
  defineTrait,
  propertiesOf,
  Scalable,
} from '@strake/core';
import { replicas } from '@strake/traits';

const nightly = defineTrait({
  name: 'nightly',
  package: '@acme/traits',
  summary: 'Runs at night only.',
  properties: propertiesOf<{}>()({}),
  needs: [Scalable],
  conflictsWith: { replicas: 'both choose the number of pods' },
  apply: ({ edit, scalable }) => edit(scalable.workload).set('spec.replicas', 0),
});

class Cart extends Application {
  readonly web = new WebService(this, 'web', { image: 'ghcr.io/acme/cart:1.4.2', ports: { http: 8080 } });
}

const operations = defineOperations(Cart, (cart) => {
  cart.web.attach(replicas({ count: 0 }), nightly());
});

export default defineConfig({ project: 'cart', applications: { cart: Cart }, operations: [operations] });

import { WebService } from '@strake/components';
import { Application, defineConfig } from '@strake/core';

class Cart extends Application {
  readonly web = new WebService(this, 'cartWeb', { image: 'ghcr.io/acme/cart:1.4.2', ports: { http: 8080 } });
}

export default defineConfig({ project: 'cart', applications: { cart: Cart } });

import { WebService, Worker } from '@strake/components';
import { Application, defineConfig } from '@strake/core';

class Cart extends Application {
  readonly web = new WebService(this, 'web', { image: 'ghcr.io/acme/cart:1.4.2', ports: { http: 8080 } });
  readonly mailer = new Worker(this, 'web', { image: 'ghcr.io/acme/cart-mailer:1.1.0' });
}

export default defineConfig({ project: 'cart', applications: { cart: Cart } });

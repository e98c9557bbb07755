import { WebService } from '@strake/components';
import { Application, defineConfig } from '@strake/core';

class Cart extends Application {
  readonly web = new WebService(this, 'web', {
    image: 'ghcr.io/acme/cart:1.4.2',
    // @ts-expect-error: a port has a containerPort, not a container
    ports: { http: { port: 80, containerport: 8080 } },
  });
}

export default defineConfig({ project: 'cart', applications: { cart: Cart } });

import { StatefulService, WebService } from '@strake/components';
import { Application, defineConfig } from '@strake/core';

class Cart extends Application {
  readonly redis = new StatefulService(this, 'redis', {
    image: 'redis:7.4.1',
    ports: { redis: 6379, metrics: 9121 },
  });

  readonly web = new WebService(this, 'web', {
    image: 'ghcr.io/acme/cart:1.4.2',
    ports: { http: 8080 },
  }).connectTo(this.redis, { port: 'reddis', env: 'REDIS_ADDR' });
}

export default defineConfig({ project: 'cart', applications: { cart: Cart } });

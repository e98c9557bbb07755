// Application developers: what the shopping cart consists of.
import { Config, SecretClaim, StatefulService, VolumeClaim, WebService, Worker } from '@strake/components';
import { Application } from '@strake/core';
import { Reports } from './reports.ts';

export class Cart extends Application {
  readonly settings = new Config(this, 'settings', {
    data: { LOG_LEVEL: 'info', 'cart.yaml': 'currency: EUR\nmaximumItems: 50\n' },
  });

  readonly connection = new SecretClaim(this, 'redis-connection', { keys: ['password'] });

  readonly redis = new StatefulService(this, 'redis', {
    image: 'redis:7.4.1',
    args: ['--requirepass', '$(REDIS_PASSWORD)'],
    ports: { redis: 6379 },
    env: { REDIS_PASSWORD: this.connection.key('password') },
    storage: { path: '/data', size: '1Gi' },
  });

  readonly web = new WebService(this, 'web', {
    image: 'ghcr.io/acme/cart:1.4.2',
    ports: { http: 8080 },
    env: { LOG_LEVEL: this.settings.key('LOG_LEVEL'), REDIS_PASSWORD: this.connection.key('password') },
    mounts: { '/etc/cart': this.settings },
  }).connectTo(this.redis, { env: 'REDIS_ADDR' });

  readonly outbox = new VolumeClaim(this, 'outbox', { size: '2Gi' });

  readonly mailer = new Worker(this, 'mailer', {
    image: 'ghcr.io/acme/cart-mailer:1.1.0',
    mounts: { '/var/outbox': this.outbox },
  }).connectTo({ CART_ADDR: this.web });

  readonly reports = new Reports(this, 'reports', { image: 'ghcr.io/acme/cart-reports:0.9.3' });
}

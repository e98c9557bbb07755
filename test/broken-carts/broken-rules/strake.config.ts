import { WebService } from '@strake/components';
import { Application, defineConfig, Platform } from '@strake/core';
import { rules } from '@strake/scopes';

class Cart extends Application {
  readonly web = new WebService(this, 'web', {
    image: 'ghcr.io/acme/cart',
    ports: { http: 8080 },
    env: { DATABASE_PASSWORD: 'correct-horse-battery' },
  });
}

const platform = new Platform('acme', { environments: { staging: {}, production: {} } }).supply(
  rules({
    waive: [
      {
        rule: 'require-image-tag',
        environment: 'staging',
        reason: 'Staging runs what was built last.',
        until: '9999-12-31',
      },
      {
        rule: 'no-secret-in-env',
        application: 'cart',
        reason: 'The demo had no vault.',
        until: '2020-01-31',
      },
      { rule: 'no-host-access', reason: 'The agent reads logs.', until: '9999-12-31' },
    ],
  }),
);

export default defineConfig({ project: 'cart', platform, applications: { cart: Cart } });

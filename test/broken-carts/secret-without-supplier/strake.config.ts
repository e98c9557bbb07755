import { SecretClaim } from '@strake/components';
import { Application, defineConfig, Platform } from '@strake/core';

class Cart extends Application {
  readonly connection = new SecretClaim(this, 'redis-connection', { keys: ['password'] });
}

const platform = new Platform('acme', { environments: { staging: {}, production: {} } });

export default defineConfig({ project: 'cart', applications: { cart: Cart }, platform });

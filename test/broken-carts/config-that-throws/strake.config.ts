import { WebService } from '@strake/components';
import { Application, defineConfig } from '@strake/core';

class Cart extends Application {
  readonly web = new WebService(this, 'web', { image: imageOf('cart'), ports: { http: 8080 } });
}

function imageOf(name: string): string {
  throw new Error(`no image is known for ${name}`);
}

export default defineConfig({ project: 'cart', applications: { cart: Cart } });

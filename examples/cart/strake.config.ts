import { defineConfig } from '@strake/core';
import { flux } from '@strake/gitops/flux';
import { Cart } from './cart/app.ts';
import { cartOperations } from './cart/operations.ts';
import { platform } from './platform.ts';

export default defineConfig({
  project: 'cart',
  applications: { cart: Cart },
  operations: [cartOperations],
  platform,
  ownsPlatform: true,
  repository: { path: './gitops' },
  agent: flux({ url: 'https://github.com/acme/gitops', secretRef: { name: 'gitops' } }),
});

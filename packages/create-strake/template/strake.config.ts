import { defineConfig } from '@strake/core';
import { __Name__ } from './app/app.ts';
import { operations } from './app/operations.ts';
import { platform } from './platform.ts';

export default defineConfig({
  project: '__name__',
  platform,
  ownsPlatform: true,
  applications: { '__name__': __Name__ },
  operations: [operations],
  repository: { path: './gitops' },
});

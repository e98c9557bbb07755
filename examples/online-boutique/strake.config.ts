import { defineConfig } from '@strake/core';
import { OnlineBoutique } from './boutique/app.ts';
import { boutiqueOperations } from './boutique/operations.ts';
import { Load } from './load/app.ts';
import { loadOperations } from './load/operations.ts';
import { platform } from './platform.ts';

export default defineConfig({
  project: 'online-boutique',
  applications: { 'online-boutique': OnlineBoutique, load: Load },
  operations: [boutiqueOperations, loadOperations],
  platform,
  ownsPlatform: true,
  repository: { path: './gitops' },
});

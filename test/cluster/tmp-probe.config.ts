import { defineConfig } from 'vitest/config';
import { ROOT } from '../files.ts';
export default defineConfig({ root: ROOT, test: { include: ['test/cluster/tmp-probe.ts'] } });

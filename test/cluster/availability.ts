import { existsSync } from 'node:fs';
import { tool } from '../tools/kubernetes-tools.ts';
import { goProgram } from './go-program.ts';

/** `'warm'` where a cluster can be started within seconds; else the reason why not, in one line. */
export function clusterAvailability(): string {
  for (const name of ['etcd', 'kube-apiserver'] as const) {
    if (!existsSync(goProgram(name))) return `${name} is not built yet: npm run test:cluster builds it`;
  }
  const kubectl = tool('kubectl');
  return 'path' in kubectl ? 'warm' : kubectl.missing;
}

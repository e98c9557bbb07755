import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { tool } from '../tools/kubernetes-tools.ts';
import { crdFolder } from './crds.ts';
import { GO_PROGRAMS, type GoProgram, goProgram } from './go-program.ts';
import { canMount } from './in-pod.ts';
import { PARTS, type PartName, programsOf, withNeeded } from './parts.ts';

/** `'warm'` where all suites can run without a build; else the reason why not, in one line. */
export function suitesAvailability(): string {
  if (!existsSync(crdFolder()))
    return 'the definitions of other projects are not fetched yet: npm run test:cluster fetches them';
  const unbuilt = firstUnbuilt(GO_PROGRAMS);
  return unbuilt === undefined
    ? clusterAvailability()
    : `${unbuilt} is not built yet: npm run test:cluster builds it`;
}

/** `'warm'` where a cluster can be started within seconds; else the reason why not, in one line. */
export function clusterAvailability(): string {
  const unbuilt = firstUnbuilt(['etcd', 'kube-apiserver']);
  if (unbuilt !== undefined) return `${unbuilt} is not built yet: npm run test:cluster builds it`;
  const kubectl = tool('kubectl');
  return 'path' in kubectl ? 'warm' : kubectl.missing;
}

/** `'warm'` where these parts can be started within seconds; else the reason why not, in one line. */
export function partAvailability(parts: readonly PartName[], groups: readonly string[] = []): string {
  const unbuilt = firstUnbuilt(programsOf(parts));
  if (unbuilt !== undefined) return `${unbuilt} is not built yet: npx jiti test/cluster/build.ts builds it`;
  const programs = withNeeded(parts).flatMap((name) => PARTS[name].programs);
  if (programs.some(({ inPod }) => inPod === true) && !canMount())
    return 'unshare(1) can make no mount namespace here';
  const needed = [...withNeeded(parts).flatMap((name) => PARTS[name].groups), ...groups];
  const missing = needed.find((group) => !existsSync(join(crdFolder(), group)));
  return missing === undefined ? 'warm' : `no CustomResourceDefinitions of ${missing} at ${crdFolder()}`;
}

function firstUnbuilt(programs: readonly GoProgram[]): GoProgram | undefined {
  return programs.find((name) => !existsSync(goProgram(name)));
}

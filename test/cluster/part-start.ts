import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { type ApiServer, ask } from './api.ts';
import { partAvailability } from './availability.ts';
import { type Child, startChild, throwEnded } from './child.ts';
import { installCrds } from './crds.ts';
import { eventually } from './eventually.ts';
import { freePorts } from './free-ports.ts';
import type { GoProgram } from './go-program.ts';
import { asInPod } from './in-pod.ts';
import { applyText } from './objects.ts';
import { PARTS, type PartName, type Surroundings, withNeeded } from './parts.ts';

/** Time in which a program that cannot work ends. */
const SETTLED_AFTER_MS = 1500;

/** Namespace where Flux lives, and which its controllers take for their own. */
const NAMESPACE = 'flux-system';

const node = z.looseObject({
  spec: z.looseObject({ taints: z.array(z.unknown()).optional() }).optional(),
  status: z
    .looseObject({ conditions: z.array(z.looseObject({ type: z.string(), status: z.string() })).optional() })
    .optional(),
});

const NODE = 'apiVersion: v1\nkind: Node\nmetadata: { name: node }\n';

/** A running cluster as its parts see it; what they start is added to its children. */
export interface Host extends Omit<Surroundings, 'ports'> {
  readonly server: ApiServer;
  readonly children: Child[];
}

/** Ports of loopback that the programs were given as they started; what they are for is in the flags of each. */
export type PartPorts = ReadonlyMap<GoProgram, Surroundings['ports']>;

/** Starts parts that do not run yet, and returns once all of them serve, with the ports that each was given. */
export async function startParts(parts: readonly PartName[], host: Host): Promise<PartPorts> {
  const availability = partAvailability(parts);
  if (availability !== 'warm') throw new Error(availability);
  const ports = new Map<GoProgram, Surroundings['ports']>();
  for (const part of withNeeded(parts)) await startPart(part, host, ports);
  await sleep(SETTLED_AFTER_MS);
  throwEnded(host.children);
  return ports;
}

async function startPart(
  part: PartName,
  host: Host,
  given: Map<GoProgram, Surroundings['ports']>,
): Promise<void> {
  const { groups, programs } = PARTS[part];
  const started = programs.filter(({ name }) => host.children.every((one) => one.name !== name));
  if (started.length === 0) return;
  if (groups.length > 0) await installCrds(host.server, groups);
  if (part === 'flux')
    await applyText(host.server, `apiVersion: v1\nkind: Namespace\nmetadata: { name: ${NAMESPACE} }\n`);
  for (const program of started) {
    const [first = 0, second = 0] = await freePorts(2);
    const ports = [first, second] as const;
    given.set(program.name, ports);
    const child = startChild({
      name: program.name,
      flags: program.flags({ ...host, ports }),
      folder: host.folder,
      environment: { KUBECONFIG: host.kubeconfig, RUNTIME_NAMESPACE: NAMESPACE },
      ...(program.inPod === true && asInPod(host.folder, host.server)),
    });
    host.children.push(child);
  }
  if (part === 'workloads') await untilNodeReady(host);
}

/** One node that takes every pod, once the controller manager has taken its taint away. */
async function untilNodeReady({ server, children }: Host): Promise<void> {
  await applyText(server, NODE);
  const check = (): void => throwEnded(children);
  const probe = async (): Promise<true | undefined> => {
    const { status, spec } = node.parse((await ask(server, 'GET', '/api/v1/nodes/node')).body);
    const ready = status?.conditions?.some((one) => one.type === 'Ready' && one.status === 'True');
    return ready === true && spec?.taints === undefined ? true : undefined;
  };
  await eventually('the node is ready', probe, { check });
}

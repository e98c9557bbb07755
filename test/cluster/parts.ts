import { join } from 'node:path';
import type { GoProgram } from './go-program.ts';

/** What a cluster can have beyond its API server. */
export type PartName = 'workloads' | 'flagger' | 'flux' | 'flux-images' | 'sealed-secrets';

/** What a program needs to know of the cluster it serves. */
export interface Surroundings {
  readonly folder: string;
  readonly kubeconfig: string;
  /** Key that signs service account tokens. */
  readonly key: string;
  /** Ports of loopback that nobody listens on. */
  readonly ports: readonly [number, number];
}

/** A program and what it is started with. */
export interface PartProgram {
  readonly name: GoProgram;
  flags(of: Surroundings): readonly string[];
  /**
   * Whether it takes its API server from the files that a pod has, at a path that is fixed.
   * @default false
   */
  readonly inPod?: boolean;
}

/** Programs of one part, in the order they start, with the other parts they need and the groups of their kinds. */
export interface Part {
  readonly needs: readonly PartName[];
  readonly groups: readonly string[];
  readonly programs: readonly PartProgram[];
}

const KUBELET = join(import.meta.dirname, 'go', 'kwok', 'stages.yaml');

/** Flags of what Kubernetes itself ships: one of each, and no server of its own. */
const single = ({ kubeconfig }: Surroundings) => [
  `--kubeconfig=${kubeconfig}`,
  '--leader-elect=false',
  '--secure-port=0',
];

/** Flags of Flux's controllers, which serve neither metrics nor their health. */
const quiet = ['--metrics-addr=0', '--health-addr=0', '--log-level=info'];

const CONTROLLER_MANAGER: PartProgram = {
  name: 'kube-controller-manager',
  flags: (of) => [...single(of), `--service-account-private-key-file=${of.key}`],
};

const SCHEDULER: PartProgram = { name: 'kube-scheduler', flags: single };

/** The kubelet of a node that only pretends to run pods. */
const KWOK: PartProgram = {
  name: 'kwok',
  flags: ({ kubeconfig }) => [
    `--kubeconfig=${kubeconfig}`,
    `--config=${KUBELET}`,
    '--manage-all-nodes=true',
    '--node-lease-duration-seconds=40',
    '--node-port=0',
  ],
};

/** Flagger without a Prometheus behind the address it is given. */
const FLAGGER: PartProgram = {
  name: 'flagger',
  flags: ({ kubeconfig, ports: [port] }) => [
    `--kubeconfig=${kubeconfig}`,
    '--control-loop-interval=1s',
    `--metrics-server=http://127.0.0.1:${port}`,
  ],
};

const SOURCE_CONTROLLER: PartProgram = {
  name: 'source-controller',
  flags: ({ folder, ports: [port] }) => [
    ...quiet,
    `--storage-path=${folder}`,
    `--storage-addr=127.0.0.1:${port}`,
    `--storage-adv-addr=127.0.0.1:${port}`,
  ],
};

const KUSTOMIZE_CONTROLLER: PartProgram = {
  name: 'kustomize-controller',
  flags: () => [...quiet, '--requeue-dependency=1s'],
};

/** Flux' reader of registries, whose list of tags is a folder of its own. */
const IMAGE_REFLECTOR: PartProgram = {
  name: 'image-reflector-controller',
  flags: ({ folder }) => [...quiet, `--storage-path=${join(folder, 'tags')}`, '--requeue-dependency=1s'],
};

const IMAGE_AUTOMATION: PartProgram = { name: 'image-automation-controller', flags: () => quiet };

const SEALED_SECRETS: PartProgram = {
  name: 'sealed-secrets',
  inPod: true,
  flags: ({ ports: [api, metrics] }) => [
    `--listen-addr=127.0.0.1:${api}`,
    `--listen-metrics-addr=127.0.0.1:${metrics}`,
    '--update-status',
  ],
};

/** The optional parts of a cluster. */
export const PARTS: Readonly<Record<PartName, Part>> = {
  workloads: { needs: [], groups: [], programs: [CONTROLLER_MANAGER, SCHEDULER, KWOK] },
  flagger: { needs: ['workloads'], groups: ['flagger.app'], programs: [FLAGGER] },
  flux: {
    needs: [],
    groups: ['source.toolkit.fluxcd.io', 'kustomize.toolkit.fluxcd.io'],
    programs: [SOURCE_CONTROLLER, KUSTOMIZE_CONTROLLER],
  },
  'flux-images': {
    needs: ['flux'],
    groups: ['image.toolkit.fluxcd.io'],
    programs: [IMAGE_REFLECTOR, IMAGE_AUTOMATION],
  },
  'sealed-secrets': { needs: [], groups: ['bitnami.com'], programs: [SEALED_SECRETS] },
};

/** The parts named and those they need, each once, the needed ones first. */
export function withNeeded(names: readonly PartName[]): PartName[] {
  return [...new Set(names.flatMap((name) => [...withNeeded(PARTS[name].needs), name]))];
}

/** Programs of these parts, in the order they start. */
export function programsOf(names: readonly PartName[]): GoProgram[] {
  return withNeeded(names).flatMap((name) => PARTS[name].programs.map((program) => program.name));
}

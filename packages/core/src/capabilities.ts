import type { ApiObject } from 'cdk8s';
import { defineCapability, type Capability } from './capability.ts';

/** A component that runs pods. */
export interface PodsFacet {
  /** The object that makes the pods. */
  readonly workload: ApiObject;
  /** Where its pod template stands: `spec.template`. */
  readonly template: string;
  /** The container that runs the component's image. */
  readonly container: string;
  /** Labels that exactly these pods have, and that the workload selects them by. */
  readonly selector: Readonly<Record<string, string>>;
  /** Labels that policies select these pods by, those of a canary's copies included. */
  readonly labels: Readonly<Record<string, string>>;
  /**
   * Whether the pods ran before the component was declared, and have none of its labels.
   * @default false
   */
  readonly adopted?: boolean;
}

/** Runs pods. */
export const Pods: Capability<'pods', PodsFacet> = defineCapability<PodsFacet>()('pods');

/** A component whose number of pods can be chosen. */
export interface ScalableFacet {
  /** The object whose `spec.replicas` is the number of pods. */
  readonly workload: ApiObject;
}

/** Has a number of replicas. */
export const Scalable: Capability<'scalable', ScalableFacet> = defineCapability<ScalableFacet>()('scalable');

/** One port that a component listens on. */
export interface ExposedPort {
  readonly name: string;
  /** Port of the Service. */
  readonly port: number;
  /** Port of the container, which network policies and mesh policies name. */
  readonly containerPort: number;
  readonly protocol: 'TCP' | 'UDP' | 'SCTP';
}

/** A component that others reach over the network. */
export interface ExposedFacet {
  readonly service: ApiObject;
  readonly ports: readonly ExposedPort[];
  /**
   * Host name by which others call it.
   * @default - the name of its Service, with the namespace where that is another one
   */
  readonly host?: string;
  /**
   * Its IP addresses outside of the cluster, which network policies name.
   * @default - its pods are in the cluster, or it has a `host`
   */
  readonly addresses?: readonly string[];
}

/** Listens on ports behind a Service. */
export const Exposed: Capability<'exposed', ExposedFacet> = defineCapability<ExposedFacet>()('exposed');

/** A component that a container can mount as a volume. */
export interface MountableFacet {
  /** The volume's source, as in `spec.volumes[]` of a pod, without its name. */
  readonly volume: Readonly<Record<string, Readonly<Record<string, string | boolean | number>>>>;
  /**
   * Names of its files: the keys of a ConfigMap or a Secret.
   * @default - they are not known
   */
  readonly keys?: readonly string[];
}

/** Can be mounted into a container. */
export const Mountable: Capability<'mountable', MountableFacet> =
  defineCapability<MountableFacet>()('mountable');

/** A need whose fulfilment a scope supplies. */
export interface ClaimFacet {
  /** What is claimed: `secret`. */
  readonly kind: string;
  /** Name of the object that fulfils it. */
  readonly name: string;
  /** Keys that the object must have. */
  readonly keys: readonly string[];
}

/** Claims something that a scope supplies. */
export const Claim: Capability<'claim', ClaimFacet> = defineCapability<ClaimFacet>()('claim');

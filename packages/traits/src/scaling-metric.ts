import type { Quantity } from './quantity.ts';

/** What is measured besides `cpu` and `memory` (Kubernetes API: MetricSpec). The measure that asks for most pods counts. */
export type ScalingMetricProperties =
  | PodsMetricProperties
  | ObjectMetricProperties
  | ExternalMetricProperties
  | ResourceMetricProperties;

/** A metric that every pod has (Kubernetes API: PodsMetricSource); an adapter in the cluster knows it. */
export interface PodsMetricProperties extends MetricProperties {
  readonly type: 'Pods';
  /** Value for each pod that is aimed at. */
  readonly averageValue: Quantity;
}

/** A metric of one object, such as the requests of an Ingress (Kubernetes API: ObjectMetricSource). */
export interface ObjectMetricProperties extends MetricProperties, ValueProperties {
  readonly type: 'Object';
  /** The object, in the same namespace. */
  readonly describedObject: { readonly apiVersion: string; readonly kind: string; readonly name: string };
}

/** A metric from outside of the cluster, such as the length of a queue (Kubernetes API: ExternalMetricSource). */
export interface ExternalMetricProperties extends MetricProperties, ValueProperties {
  readonly type: 'External';
}

/** The use of a resource by all containers of a pod, or by one of them (Kubernetes API: ContainerResourceMetricSource). */
export interface ResourceMetricProperties {
  readonly type: 'Resource' | 'ContainerResource';
  /** `cpu`, `memory`, or another resource that the node measures. */
  readonly name: string;
  /**
   * Container whose use counts, for `ContainerResource`.
   * @default - the component's own
   */
  readonly container?: string;
  /**
   * Use that is aimed at, in percent of what is requested. Instead of `averageValue`.
   * @default - as `averageValue` says
   */
  readonly averageUtilization?: number;
  /**
   * Use by each pod that is aimed at.
   * @default - as `averageUtilization` says
   */
  readonly averageValue?: Quantity;
}

/** Which metric (Kubernetes API: MetricIdentifier). */
export interface MetricProperties {
  readonly name: string;
  /**
   * Labels that the metric must have.
   * @default - none
   */
  readonly selector?: Readonly<Record<string, string>>;
}

/** What is aimed at. Exactly one is given. */
export interface ValueProperties {
  /**
   * The value itself.
   * @default - as `averageValue` says
   */
  readonly value?: Quantity;
  /**
   * The value divided by the number of pods.
   * @default - as `value` says
   */
  readonly averageValue?: Quantity;
}

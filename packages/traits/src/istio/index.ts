export type { ConnectionPoolProperties, DestinationPolicyProperties } from './destination-policy.ts';
export type { FaultProperties } from './fault.ts';
export type { HeaderOperationsProperties, HeadersProperties } from './headers.ts';
export type { HttpPolicyProperties, MirrorProperties } from './http-policy.ts';
export type { ConsistentHashProperties, LoadBalancerProperties } from './load-balancer.ts';
export type { OutlierDetectionProperties } from './outlier-detection.ts';
export type { RetriesProperties } from './retries.ts';
export { traffic, type TrafficProperties } from './traffic.ts';

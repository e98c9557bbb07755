import * as z from 'zod';
import { canaryRouteShape, type CanaryRouteProperties } from './route-properties.ts';
import { serviceMetadata, type ServiceMetadataProperties } from './service-metadata.ts';

/** The Services and routes that Flagger makes in the place of the component's own (flagger.app: CanaryService). */
export interface CanaryServiceProperties extends CanaryRouteProperties {
  /**
   * Name of the port whose traffic is shifted; Flagger discovers the others.
   * @default - the first port that speaks HTTP
   */
  readonly portName?: string;
  /**
   * Which pods of the Service are preferred (Kubernetes API: ServiceSpec.trafficDistribution).
   * @default - all alike
   */
  readonly trafficDistribution?: 'PreferClose' | 'PreferSameZone' | 'PreferSameNode';
  /**
   * What the Service by which it is called gets, and the route.
   * @default - what the component's own Service has besides the component's labels
   */
  readonly apex?: ServiceMetadataProperties;
  /**
   * What the Service of the old revision gets.
   * @default - the component's labels
   */
  readonly primary?: ServiceMetadataProperties;
  /**
   * What the Service of the new revision gets.
   * @default - the component's labels
   */
  readonly canary?: ServiceMetadataProperties;
}

/** The schema of the Services and routes that Flagger makes. */
export const canaryServiceSchema = z.strictObject({
  portName: z.string().min(1).optional(),
  ...canaryRouteShape,
  trafficDistribution: z.enum(['PreferClose', 'PreferSameZone', 'PreferSameNode']).optional(),
  apex: serviceMetadata,
  primary: serviceMetadata,
  canary: serviceMetadata,
});

import { defineTrait, Exposed, propertiesOf, type TraitFactory } from '@strake/core';
import { autoscale } from '../autoscale.ts';
import { hasEntry } from '../has-entry.ts';
import { replicas } from '../replicas.ts';
import { circuitWarnings } from './circuit-warnings.ts';
import { connectionPoolOf, connectionPoolShape, type ConnectionPoolProperties } from './connection-pool.ts';
import { destinationRule } from './destination-rule.ts';
import { outlierDetectionSchema, type OutlierDetectionProperties } from './outlier-detection.ts';

export interface CircuitBreakingProperties extends ConnectionPoolProperties {
  /**
   * Leaves out pods that answer with errors.
   * @default - no pod is left out
   */
  readonly outlierDetection?: OutlierDetectionProperties;
}

/**
 * Limits what each caller's proxy asks of a component, and leaves out pods that fail (istio.io: Circuit Breaking). What
 * exceeds a limit fails at once. It writes to the same DestinationRule as `traffic`.
 *
 * @example
 * circuitBreaking({ maxConnections: 100, outlierDetection: { consecutive5xxErrors: 5 } })
 */
export const circuitBreaking: TraitFactory<CircuitBreakingProperties, 'exposed'> = defineTrait({
  name: 'circuit-breaking',
  package: '@strake/traits',
  summary: 'Limits what callers in an Istio mesh ask of a component, and leaves out pods that fail.',
  properties: propertiesOf<CircuitBreakingProperties>()({
    ...connectionPoolShape,
    outlierDetection: outlierDetectionSchema.optional(),
  }).refine(hasEntry, 'at least one property'),
  needs: [Exposed],
  knows: { replicas, autoscale },
  apply(target, properties) {
    const { known, exposed, report } = target;
    const pods = known.autoscale?.max ?? known.replicas?.count;
    for (const warning of circuitWarnings(properties, { ports: exposed.ports, pods })) report(warning);
    const { outlierDetection, ...limits } = properties;
    const trafficPolicy = { connectionPool: connectionPoolOf(limits), outlierDetection };
    destinationRule(target).merge({ spec: { trafficPolicy } });
  },
});

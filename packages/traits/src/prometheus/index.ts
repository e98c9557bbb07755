export type { AlertProperties } from './alert.ts';
export { alerts, type AlertsProperties } from './alerts.ts';
export type { EndpointProperties } from './endpoint.ts';
export { metrics, type MetricsProperties } from './metrics.ts';
export type { RelabelingProperties } from './relabeling.ts';
export type { StandardAlert, StandardAlertProperties } from './standard-alert.ts';

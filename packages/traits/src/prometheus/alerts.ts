import { defineTrait, Pods, propertiesOf, type TraitFactory } from '@strake/core';
import * as z from 'zod';
import { hasEntry } from '../has-entry.ts';
import { alertOf, alertSchema, type AlertProperties } from './alert.ts';
import { duration } from './duration.ts';
import { metrics } from './metrics.ts';
import {
  standardAlerts,
  standardAlertsSchema,
  type StandardAlert,
  type StandardAlertProperties,
} from './standard-alert.ts';

export interface AlertsProperties {
  /**
   * Alerts by name.
   * @default - none but `standard`
   */
  readonly alerts?: Readonly<Record<string, AlertProperties>>;
  /**
   * Alerts that most components want: `{ crashLooping: true }`. `absent` needs the trait `metrics`.
   * @default - none
   */
  readonly standard?: Readonly<Partial<Record<StandardAlert, true | StandardAlertProperties>>>;
  /**
   * Series that are computed before they are asked for, by name: `job:errors:ratio5m`.
   * @default - none
   */
  readonly records?: Readonly<
    Record<string, { readonly expr: string; readonly labels?: Readonly<Record<string, string>> }>
  >;
  /**
   * Time from one evaluation to the next.
   * @default - that of Prometheus
   */
  readonly interval?: string;
  /**
   * Labels of the rule object, by which Prometheus selects it: `{ release: 'kube-prometheus-stack' }`.
   * @default - those of the component only
   */
  readonly labels?: Readonly<Record<string, string>>;
}

const texts = z.record(z.string().min(1), z.string()).readonly().optional();

/**
 * Calls somebody when something is wrong with a component (prometheus-operator.dev: PrometheusRule).
 *
 * @example
 * alerts({ standard: { crashLooping: { severity: 'critical' }, notReady: true } })
 */
export const alerts: TraitFactory<AlertsProperties, 'pods'> = defineTrait({
  name: 'alerts',
  package: '@strake/traits',
  summary: 'Calls somebody when something is wrong with a component.',
  properties: propertiesOf<AlertsProperties>()({
    alerts: z.record(z.string().min(1), alertSchema).readonly().optional(),
    standard: standardAlertsSchema.optional(),
    records: z
      .record(
        z.string().regex(/^[a-zA-Z_:][a-zA-Z0-9_:]*$/, 'a name such as `job:errors:ratio5m`'),
        z.strictObject({ expr: z.string().trim().min(1), labels: texts }),
      )
      .readonly()
      .optional(),
    interval: duration.optional(),
    labels: texts,
  }).refine(
    ({ alerts = {}, standard = {}, records = {} }) => hasEntry({ ...alerts, ...standard, ...records }),
    'at least one of `alerts`, `standard` and `records`',
  ),
  needs: [Pods],
  knows: { metrics },
  apply({ create, report, component, namespace, pods, known }, properties) {
    const { alerts = {}, standard = {}, records = {}, interval, labels } = properties;
    if (standard.absent !== undefined && known.metrics === undefined) report(UNSCRAPED);
    const { workload, container } = pods;
    const watched = { namespace, component: component.name, workload: workload.name, container };
    const rules = [
      ...Object.entries(records).map(([record, rule]) => ({ record, ...rule })),
      ...Object.entries(alerts).map(([name, alert]) => alertOf(name, alert)),
      ...standardAlerts(standard, watched),
    ];
    create({
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'PrometheusRule',
      metadata: { name: component.name, labels },
      spec: { groups: [{ name: `${namespace}.${component.name}`, interval, rules }] },
    });
  },
});

const UNSCRAPED = {
  code: 'trait-requires',
  written: '`absent` of `alerts` on a component that Prometheus does not scrape',
  allowed: '`absent` together with `metrics`: it fires when the scrapes fail',
  fix: 'Attach `metrics`, or leave out `absent`.',
} as const;

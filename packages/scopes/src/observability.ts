import {
  defineScope,
  propertiesOf,
  type ApplicationScopeContext,
  type KubernetesObject,
  type ScopeFactory,
} from '@strake/core';
import { labelsSchema, namespaceSchema } from './labels.ts';
import { namespaceObject } from './namespace-object.ts';

export interface ObservabilityProperties {
  /**
   * Namespace in which Prometheus runs. Where `network()` holds too, it may call the ports that monitors name.
   * @default 'monitoring'
   */
  readonly namespace?: string;
  /**
   * Labels by which Prometheus selects ServiceMonitors: `{ release: 'kube-prometheus-stack' }`.
   * @default - it selects all
   */
  readonly serviceMonitorSelector?: Readonly<Record<string, string>>;
  /**
   * Labels by which it selects PodMonitors.
   * @default - as `serviceMonitorSelector`
   */
  readonly podMonitorSelector?: Readonly<Record<string, string>>;
  /**
   * Labels by which it selects PrometheusRules.
   * @default - as `serviceMonitorSelector`
   */
  readonly ruleSelector?: Readonly<Record<string, string>>;
  /**
   * Labels by which it selects the namespaces of all of these.
   * @default - it selects all
   */
  readonly namespaceSelector?: Readonly<Record<string, string>>;
}

/**
 * Says which Prometheus selects what (prometheus-operator.dev: Prometheus), and gives monitors, rules and namespaces the
 * labels for it.
 *
 * @example
 * observability({ serviceMonitorSelector: { release: 'kube-prometheus-stack' } })
 */
export const observability: ScopeFactory<ObservabilityProperties> = defineScope({
  name: 'observability',
  package: '@strake/scopes',
  summary: 'Says which Prometheus selects what.',
  properties: propertiesOf<ObservabilityProperties>()({
    namespace: namespaceSchema.optional(),
    serviceMonitorSelector: labelsSchema.optional(),
    podMonitorSelector: labelsSchema.optional(),
    ruleSelector: labelsSchema.optional(),
    namespaceSelector: labelsSchema.optional(),
  }),
  application(context, { serviceMonitorSelector = {}, ...given }) {
    const { podMonitorSelector = serviceMonitorSelector, ruleSelector = serviceMonitorSelector } = given;
    const selectors = new Map([
      ['ServiceMonitor', serviceMonitorSelector],
      ['PodMonitor', podMonitorSelector],
      ['PrometheusRule', ruleSelector],
    ]);
    for (const object of context.objects()) {
      const selector = selectors.get(object.kind);
      if (selector === undefined || !object.apiVersion.startsWith('monitoring.coreos.com/')) continue;
      label(object, selector, context);
    }
  },
  platform({ namespaces, ensure }, { namespaceSelector }) {
    for (const name of namespaceSelector === undefined ? [] : namespaces) {
      ensure(namespaceObject(name)).merge({ metadata: { labels: namespaceSelector } });
    }
  },
});

/** Gives an object the labels that it lacks. One that it has with another value may be meant for another Prometheus. */
function label(
  object: KubernetesObject,
  selector: Readonly<Record<string, string>>,
  { application, edit, report }: ApplicationScopeContext,
): void {
  const { labels = {}, name, namespace } = object.metadata;
  const { apiVersion, kind } = object;
  for (const [key, value] of Object.entries(selector)) {
    const given = labels[key];
    if (given === undefined)
      edit({ apiVersion, kind, name, namespace }).merge({ metadata: { labels: { [key]: value } } });
    if (given === undefined || given === value) continue;
    report({
      code: 'monitor-unselected',
      severity: 'warning',
      path: application,
      written: `the ${kind} \`${name}\` has the label \`${key}: ${given}\``,
      allowed: `\`${key}: ${value}\`, by which Prometheus selects it`,
      fix: 'Remove the label, so that the platform gives it, unless another Prometheus selects it.',
    });
  }
}

/** What is measured of the new revision, and which values pass (flagger.app: CanaryMetric). */
export interface MetricProperties {
  /**
   * Flagger's own `request-success-rate`, in percent, or `request-duration`, the slowest of 99 percent in
   * milliseconds; else a name for what `query` or `templateRef` measures. On plain Kubernetes and on the Gateway API
   * the two measure what the pods themselves count, on Istio and nginx what the proxies count.
   */
  readonly name: string;
  /** The values that pass, both ends included. No value at all, as without traffic, does not pass. */
  readonly thresholdRange: { readonly min?: number; readonly max?: number };
  /**
   * Time that is measured over: `1m`.
   * @default '1m'
   */
  readonly interval?: string;
  /**
   * Query in the language of `provider`, which a MetricTemplate is made of. It may name `{{ namespace }}`,
   * `{{ target }}`, `{{ service }}` and `{{ interval }}`.
   * @default - as `templateRef` says
   */
  readonly query?: string;
  /**
   * Where `query` is asked.
   * @default - as `templateRef` says
   */
  readonly provider?: MetricProviderProperties;
  /**
   * A MetricTemplate that exists already.
   * @default - one is made of `query`
   */
  readonly templateRef?: ObjectReferenceProperties;
  /**
   * Values that the template's query names as `{{ variables.name }}`.
   * @default - none
   */
  readonly templateVariables?: Readonly<Record<string, string>>;
}

/** A Prometheus (flagger.app: MetricTemplateProvider). */
export interface MetricProviderProperties {
  readonly type: 'prometheus';
  /** Where it is reached from Flagger: `http://prometheus.monitoring:9090`. */
  readonly address: string;
  /**
   * A Secret of the namespace with `username` and `password`, or with `token`.
   * @default - it asks for none
   */
  readonly secretRef?: { readonly name: string };
}

/** An object of Flagger. */
export interface ObjectReferenceProperties {
  readonly name: string;
  /** @default - the component's namespace */
  readonly namespace?: string;
}

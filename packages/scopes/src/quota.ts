import { defineScope, propertiesOf, type ScopeFactory } from '@strake/core';
import * as z from 'zod';
import { SHARED_LABELS } from './namespace-object.ts';
import { quantitiesSchema, type Quantity } from './quantity.ts';
import { checkQuota } from './quota-checks.ts';

/** Amounts for single containers (Kubernetes API: LimitRangeItem). */
export interface QuotaContainerProperties {
  /**
   * Limits of a container that has none.
   * @default - none
   */
  readonly default?: Readonly<Record<string, Quantity>>;
  /**
   * Requests of a container that has neither requests nor limits.
   * @default - as `default`
   */
  readonly defaultRequest?: Readonly<Record<string, Quantity>>;
  /**
   * The most that a container may ask for.
   * @default - any
   */
  readonly max?: Readonly<Record<string, Quantity>>;
  /**
   * The least that a container must ask for.
   * @default - any
   */
  readonly min?: Readonly<Record<string, Quantity>>;
}

export interface QuotaProperties {
  /**
   * The most that all objects of a namespace may ask for together, by resource: `requests.cpu`, `limits.memory`, `pods`,
   * `count/jobs.batch` (Kubernetes API: ResourceQuotaSpec).
   * @default - any
   */
  readonly hard?: Readonly<Record<string, Quantity>>;
  /**
   * Amounts for single containers.
   * @default - any
   */
  readonly container?: QuotaContainerProperties;
}

/**
 * Limits what the applications of a namespace may ask for. What an application can grow to must fit in: the quota would
 * refuse its pods when it needs them.
 *
 * @example
 * quota({ hard: { 'requests.cpu': '10', pods: 50 }, container: { defaultRequest: { cpu: '50m' } } })
 */
export const quota: ScopeFactory<QuotaProperties> = defineScope({
  name: 'quota',
  package: '@strake/scopes',
  summary: 'Limits what the applications of a namespace may ask for.',
  properties: propertiesOf<QuotaProperties>()({
    hard: quantitiesSchema.optional(),
    container: z
      .strictObject({
        default: quantitiesSchema.optional(),
        defaultRequest: quantitiesSchema.optional(),
        max: quantitiesSchema.optional(),
        min: quantitiesSchema.optional(),
      })
      .optional(),
  }).refine(({ hard, container }) => hard !== undefined || container !== undefined, '`hard` or `container`'),
  application: (context, { hard, container }) => checkQuota(context, hard ?? {}, defaultsOf(container)),
  platform({ namespaces, ensure }, { hard, container }) {
    for (const namespace of namespaces) {
      const metadata = { name: 'default', namespace, labels: SHARED_LABELS };
      if (hard) ensure({ apiVersion: 'v1', kind: 'ResourceQuota', metadata, spec: { hard: written(hard) } });
      if (container === undefined) continue;
      const amounts = Object.entries(container).map(([name, each]) => [name, each && written(each)]);
      const limits = [{ type: 'Container', ...Object.fromEntries(amounts) }];
      ensure({ apiVersion: 'v1', kind: 'LimitRange', metadata, spec: { limits } });
    }
  },
});

/** What containers get that say nothing: Kubernetes takes it from the bounds too. */
function defaultsOf({ default: limits, defaultRequest, max, min }: QuotaContainerProperties = {}) {
  const given = { ...max, ...limits };
  return { default: given, defaultRequest: { ...min, ...given, ...defaultRequest } };
}

/** Kubernetes reads amounts back as texts. */
function written(amounts: Readonly<Record<string, Quantity>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(amounts).map(([name, amount]) => [name, String(amount)]));
}

import { defineTrait, Pods, propertiesOf, type TraitFactory } from '@strake/core';
import * as z from 'zod';
import { containerResources, type Amounts } from './container-resources.ts';
import { hasEntry } from './has-entry.ts';
import { compareQuantities, quantitySchema, type Quantity } from './quantity.ts';

/** Amounts of what a node has, by name (Kubernetes API: ResourceList). */
export interface ResourceListProperties {
  /** CPUs: `500m` is half of one. */
  readonly cpu?: Quantity;
  /** Bytes of memory: `64Mi`. */
  readonly memory?: Quantity;
  /** Bytes on the node's disk: `1Gi`. */
  readonly 'ephemeral-storage'?: Quantity;
  /** Bytes of huge pages of a size: `hugepages-2Mi`. */
  readonly [hugePages: `hugepages-${string}`]: Quantity | undefined;
  /** Whole units of what a device plugin offers: `nvidia.com/gpu`. */
  readonly [extended: `${string}/${string}`]: Quantity | undefined;
}

export interface ResourcesProperties {
  /**
   * What a node sets aside for the container.
   * @default - as much as `limits` says, else nothing
   */
  readonly requests?: ResourceListProperties;
  /**
   * The most that the container may use.
   * @default - as much as the node has
   */
  readonly limits?: ResourceListProperties;
}

const NAME =
  '`cpu`, `memory`, `ephemeral-storage`, `hugepages-<size>` or a name with a domain, such as `nvidia.com/gpu`';
const hugePages = z.templateLiteral(['hugepages-', z.string().min(1)]);
const extended = z.templateLiteral([z.string().min(1), '/', z.string().min(1)]);
export const resourceList = z
  .partialRecord(
    z.union([z.enum(['cpu', 'memory', 'ephemeral-storage']), hugePages, extended]),
    quantitySchema,
    { error: ({ code }) => (code === 'invalid_key' ? NAME : undefined) },
  )
  .refine(hasEntry, 'at least one amount')
  .readonly();

/**
 * Says how much CPU and memory a component's container is given (Kubernetes API: ResourceRequirements).
 *
 * @example
 * resources({ requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: '256Mi' } })
 */
export const resources: TraitFactory<ResourcesProperties, 'pods'> = defineTrait({
  name: 'resources',
  package: '@strake/traits',
  summary: "Says how much CPU and memory a component's container is given.",
  properties: propertiesOf<ResourcesProperties>()({
    requests: resourceList.optional(),
    limits: resourceList.optional(),
  }).refine(hasEntry, 'at least one of `requests` and `limits`'),
  needs: [Pods],
  apply({ edit, report, pods }, { requests = {}, limits = {} }) {
    const container = edit(pods.workload).at(pods.template).at(['spec', 'containers', pods.container]);
    const below = containerResources(container.read('resources'));
    const allLimits: Amounts = { ...below.limits, ...limits };
    for (const [name, request] of Object.entries<Quantity | undefined>({ ...below.requests, ...requests })) {
      if (request === undefined || isWithin(name, request, allLimits[name])) continue;
      report({
        code: 'property-invalid',
        written: `the request for \`${name}\` is ${request}, the limit is ${allLimits[name] ?? 'missing'}`,
        allowed: isOvercommitted(name)
          ? 'a request that is not above its limit'
          : 'a limit that is equal to the request',
        fix: `Correct \`${name}\` in \`requests\` or \`limits\`.`,
      });
    }
    container.merge({ resources: { requests: resourceTexts(requests), limits: resourceTexts(limits) } });
  },
});

/** Nodes give away more than they have of what can be shared; of all else, requests and limits are equal. */
function isOvercommitted(name: string): boolean {
  return !name.startsWith('hugepages-') && (!name.includes('/') || name.includes('kubernetes.io/'));
}

function isWithin(name: string, request: Quantity, limit: Quantity | undefined): boolean {
  if (limit === undefined) return isOvercommitted(name);
  const order = compareQuantities(request, limit);
  return isOvercommitted(name) ? order <= 0 : order === 0;
}

export function resourceTexts(list: Amounts) {
  const texts = Object.entries(list).map(([name, amount]) => [
    name,
    amount === undefined ? amount : String(amount),
  ]);
  return texts.length === 0 ? undefined : Object.fromEntries(texts);
}

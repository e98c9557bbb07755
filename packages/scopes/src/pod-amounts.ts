import type { JsonObject, JsonValue } from '@strake/core';
import { mapIn, mapsIn, textIn } from './json-parts.ts';
import { nanosOf } from './quantity.ts';

/** Billionths of resources by the name under which a quota counts them: `requests.cpu`, `limits.memory`. */
export type Amounts = ReadonlyMap<string, bigint>;

/** What a LimitRange gives containers that say nothing. */
export interface ContainerDefaults {
  readonly default?: JsonObject;
  readonly defaultRequest?: JsonObject;
}

/** What a container asks for once Kubernetes has filled in what it leaves open (Kubernetes API: LimitRangeItem). */
export function containerAmounts(container: JsonObject, defaults: ContainerDefaults): Amounts {
  const { requests, limits } = mapIn(container['resources']);
  // A limit of its own is its request too; one that is given is so only where no request is.
  const asked = { ...defaults.default, ...defaults.defaultRequest, ...mapIn(limits), ...mapIn(requests) };
  const limited = { ...defaults.default, ...mapIn(limits) };
  return new Map([...named('requests', asked), ...named('limits', limited)]);
}

function named(kind: string, amounts: JsonObject): [string, bigint][] {
  return Object.entries(amounts).flatMap(([resource, amount]: [string, JsonValue | undefined]) => {
    const nanos = nanosOf(amount);
    return nanos === undefined ? [] : [[`${kind}.${resource}`, nanos]];
  });
}

/** What one pod asks for: its containers and sidecars together, or the init container that needs more. */
export function podAmounts(spec: JsonObject, defaults: ContainerDefaults): Amounts {
  let beside: Amounts = new Map();
  let most: Amounts = new Map();
  for (const container of mapsIn(spec['initContainers'])) {
    const own = containerAmounts(container, defaults);
    if (textIn(container['restartPolicy']) === 'Always') beside = sum(beside, own);
    else most = greatest(most, sum(beside, own));
  }
  const running = mapsIn(spec['containers']).map((container) => containerAmounts(container, defaults));
  const amounts = greatest(most, running.reduce(sum, beside));
  return new Map([...amounts, ['pods', 1_000_000_000n]]);
}

/** The names of containers for which nobody says how much of a resource they ask for. */
export function silentContainers(spec: JsonObject, amount: string, defaults: ContainerDefaults): string[] {
  return [...mapsIn(spec['initContainers']), ...mapsIn(spec['containers'])]
    .filter((container) => !containerAmounts(container, defaults).has(amount))
    .flatMap(({ name }) => textIn(name) ?? []);
}

export function sum(left: Amounts, right: Amounts): Amounts {
  return combined(left, right, (one, other) => one + other);
}

export function times(amounts: Amounts, count: number): Amounts {
  return new Map([...amounts].map(([name, amount]) => [name, amount * BigInt(count)]));
}

function greatest(left: Amounts, right: Amounts): Amounts {
  return combined(left, right, (one, other) => (one > other ? one : other));
}

function combined(left: Amounts, right: Amounts, combine: (one: bigint, other: bigint) => bigint): Amounts {
  const names = [...new Set([...left.keys(), ...right.keys()])];
  return new Map(names.map((name) => [name, combine(left.get(name) ?? 0n, right.get(name) ?? 0n)]));
}

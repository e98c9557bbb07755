import type { ApplicationScopeContext, Component } from '@strake/core';
import { hasEntries, mapIn } from './json-parts.ts';
import type { PlacementPool, PlacementTaint } from './placement.ts';
import { writtenPods, type WrittenPods } from './written-pods.ts';

/** Puts the pods of a component on the nodes of its pool. */
export function placePods(
  component: Component,
  { pools, locked }: { readonly pools: readonly PlacementPool[]; readonly locked: boolean },
  context: ApplicationScopeContext,
): void {
  const pods = writtenPods(component, context);
  const pool = pods && pools.find((each) => isFor(each, component, pods, context));
  if (pods === undefined || pool === undefined) return;
  if (!locked && isPlaced(pods)) return;
  pods.writer.merge({ nodeSelector: pool.nodeSelector }, { locked });
  const tolerations = (pool.taints ?? []).map(toleration);
  if (tolerations.length > 0) pods.writer.append('tolerations', tolerations);
}

function isFor(
  { components, podLabels = {} }: PlacementPool,
  component: Component,
  { labels }: WrittenPods,
  { application }: ApplicationScopeContext,
): boolean {
  const path = `${application}/${component.node.id}`;
  const isNamed = components?.some((name) => name === application || name === path) ?? true;
  return isNamed && hasEntries(labels, podLabels);
}

function isPlaced({ spec }: WrittenPods): boolean {
  return spec['nodeSelector'] !== undefined || mapIn(spec['affinity'])['nodeAffinity'] !== undefined;
}

function toleration({ key, value, effect }: PlacementTaint) {
  return { key, operator: value === undefined ? 'Exists' : 'Equal', value, effect };
}

import type { Component } from '@strake/core';

type Labels = Readonly<Record<string, string>>;

const MANAGED_BY = 'app.kubernetes.io/managed-by';

/**
 * Labels by which others know objects that exist already; undefined where there is none but the component's. Monitors find
 * a Service by the labels that policies select its pods by.
 */
export function adoptedLabels(
  { labels }: Component,
  adopt: { readonly labels?: Labels; readonly selector?: Labels } | undefined,
): Labels | undefined {
  if (adopt?.labels === undefined && adopt?.selector === undefined) return undefined;
  return { ...adopt.labels, ...adopt.selector, [MANAGED_BY]: labels[MANAGED_BY] ?? 'strake' };
}

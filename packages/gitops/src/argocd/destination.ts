import type { Environment } from '@strake/core';
import type { ArgocdDestination, ArgocdProperties } from './argocd-properties.ts';

export const API = 'argoproj.io/v1alpha1';
export const WAVE = 'argocd.argoproj.io/sync-wave';

/** The cluster that Argo CD itself runs in. */
export const IN_CLUSTER = { server: 'https://kubernetes.default.svc' };

/** How Argo CD calls the cluster of an environment. */
export function destinationOf(
  { cluster }: Environment,
  { destinations }: ArgocdProperties,
): ArgocdDestination {
  return destinations?.[cluster] ?? IN_CLUSTER;
}

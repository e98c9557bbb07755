export { argocd } from './argocd.ts';
export type { ArgocdDestination, ArgocdImageUpdates, ArgocdProperties } from './argocd-properties.ts';

import * as z from 'zod';

/** What shifts the traffic (flagger.app: provider). */
export type Provider = 'istio' | 'gatewayapi:v1' | 'nginx' | 'kubernetes';

/** The schema of what shifts or switches traffic. */
export const providerSchema = z.enum(['istio', 'gatewayapi:v1', 'nginx', 'kubernetes']);

const SHIFTING = new Set<unknown>(['istio', 'gatewayapi:v1', 'nginx']);

/** The schema of what tells requests apart. */
export const trafficProviderSchema = z.custom<Exclude<Provider, 'kubernetes'>>(
  (provider) => SHIFTING.has(provider),
  '`istio`, `gatewayapi:v1` or `nginx`; plain Kubernetes tells no requests apart: use `blueGreen`',
);

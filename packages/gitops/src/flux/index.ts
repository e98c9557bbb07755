export { flux } from './flux.ts';
export type { FluxImageUpdates, FluxProperties } from './flux-properties.ts';

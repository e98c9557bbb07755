/** Why the ways to bring out revisions exclude each other. */
export const ONE_CANARY = 'Flagger takes one Canary for a workload';

/** Why routes of GRPC do not stand beside those of Flagger (docs.flagger.app: Gateway API). */
export const NO_GRPC = 'Flagger shifts the traffic of an HTTPRoute, and of no GRPCRoute';

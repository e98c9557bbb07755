import * as z from 'zod';
import type { Problem, RolloutTarget } from './rollout-target.ts';

/** What Flagger's Services can take over of the component's own. */
export interface OwnService {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  /** By port. */
  readonly appProtocols: Readonly<Record<number, string | undefined>>;
  readonly isHeadless: boolean;
  readonly trafficDistribution: string | undefined;
}

export function ownService({ edit, exposed }: RolloutTarget): OwnService {
  const { metadata, spec } = serviceSchema.parse(edit(exposed.service).read());
  return {
    labels: metadata.labels ?? {},
    annotations: metadata.annotations ?? {},
    appProtocols: Object.fromEntries(spec.ports.map(({ port, appProtocol }) => [port, appProtocol])),
    isHeadless: spec.clusterIP === 'None',
    trafficDistribution: spec.trafficDistribution,
  };
}

/** What of the component's own Service has no place in a Canary. */
export function ownServiceProblems(trait: string, { edit, exposed }: RolloutTarget): Problem[] {
  const { spec } = serviceSchema.parse(edit(exposed.service).read());
  const { clusterIP, type = 'ClusterIP' } = spec;
  const lost = Object.keys(spec).filter((field) => !TAKEN.has(field));
  if (type !== 'ClusterIP') lost.push('type');
  if (clusterIP !== undefined && clusterIP !== 'None') lost.push('clusterIP');
  return lost.toSorted().map((field) => ({
    code: 'trait-misplaced',
    written: `the trait \`${trait}\` on a component whose Service has \`spec.${field}\``,
    allowed: 'Services of type ClusterIP with ports and labels, which Flagger makes',
    fix: `Remove \`spec.${field}\` from the Service, or expose the component in another way.`,
  }));
}

/** Fields that Flagger's Services have too, some with other values. */
const TAKEN = new Set(['selector', 'ports', 'clusterIP', 'type', 'trafficDistribution']);

const map = z.record(z.string(), z.string()).optional();
const serviceSchema = z.object({
  metadata: z.object({ labels: map, annotations: map }),
  spec: z.looseObject({
    selector: map,
    ports: z.array(z.looseObject({ port: z.number(), appProtocol: z.string().optional() })),
    clusterIP: z.string().optional(),
    type: z.string().optional(),
    trafficDistribution: z.string().optional(),
  }),
});

import * as z from 'zod';
import { type ApiServer, ask } from './api.ts';

const labels = z.record(z.string(), z.string());
/** Of selectors only what is written here: anything else is refused rather than overlooked. */
const selector = z.strictObject({ matchLabels: labels.optional() });
const peers = z.array(
  z.looseObject({ podSelector: selector.optional(), namespaceSelector: z.unknown().optional() }),
);

const list = <Item extends z.ZodType>(item: Item) => z.looseObject({ items: z.array(item) });
const podList = list(z.looseObject({ metadata: z.looseObject({ name: z.string(), labels }) }));
const budgetList = list(
  z.looseObject({
    metadata: z.looseObject({ name: z.string() }),
    spec: z.looseObject({ selector }),
    status: z.looseObject({ currentHealthy: z.number() }).optional(),
  }),
);
const policyList = list(
  z.looseObject({
    metadata: z.looseObject({ name: z.string() }),
    spec: z.looseObject({
      podSelector: selector,
      egress: z.array(z.looseObject({ to: peers.optional() })).optional(),
    }),
  }),
);

/** Which pods of a rollout there were at one moment, and what selected them, as the API server holds it. */
export interface RolloutPods {
  readonly primary: number;
  readonly canary: number;
  /** Pods that the disruption controller counts for the budget `web`. */
  readonly guarded: number;
  /** `<pod> not selected by <what>`, and pods of others that are selected. */
  readonly complaints: readonly string[];
}

/** Reads the pods of `web` and `web-primary`, its budget, its NetworkPolicy and that of its caller, at once. */
export async function rolloutPods(server: ApiServer, namespace: string): Promise<RolloutPods> {
  const read = async (path: string) => (await ask(server, 'GET', path)).body;
  const [podsBody, budgetsBody, policiesBody] = await Promise.all([
    read(`/api/v1/namespaces/${namespace}/pods`),
    read(`/apis/policy/v1/namespaces/${namespace}/poddisruptionbudgets`),
    read(`/apis/networking.k8s.io/v1/namespaces/${namespace}/networkpolicies`),
  ]);
  const pods = podList.parse(podsBody).items.map(({ metadata }) => metadata);
  const budget = budgetList.parse(budgetsBody).items.find(({ metadata }) => metadata.name === 'web');
  const policies = policyList.parse(policiesBody).items;
  const policyOf = (name: string) => policies.find(({ metadata }) => metadata.name === name)?.spec;
  const called = (policyOf('client')?.egress ?? []).flatMap(({ to }) => to ?? []);
  const selectors = {
    'the PodDisruptionBudget web': [budget?.spec.selector],
    'the NetworkPolicy web': [policyOf('web')?.podSelector],
    'the egress of the NetworkPolicy client': called
      .filter((peer) => peer.namespaceSelector === undefined)
      .map((peer) => peer.podSelector),
  };
  const own = (app: string) => pods.filter((pod) => pod.labels['app'] === app);
  const [primary, canary, others] = [own('web-primary'), own('web'), own('client')];
  const chosen = (pod: (typeof pods)[number], by: readonly (z.infer<typeof selector> | undefined)[]) =>
    by.some((each) => each !== undefined && selects(each, pod.labels));
  const complaints = Object.entries(selectors).flatMap(([what, by]) => [
    ...[...primary, ...canary]
      .filter((pod) => !chosen(pod, by))
      .map(({ name }) => `${name} not selected by ${what}`),
    ...others.filter((pod) => chosen(pod, by)).map(({ name }) => `${name} selected by ${what}`),
  ]);
  return {
    primary: primary.length,
    canary: canary.length,
    guarded: budget?.status?.currentHealthy ?? 0,
    complaints,
  };
}

function selects({ matchLabels = {} }: z.infer<typeof selector>, on: Readonly<Record<string, string>>) {
  return Object.entries(matchLabels).every(([key, value]) => on[key] === value);
}

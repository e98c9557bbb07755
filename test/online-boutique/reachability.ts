import { BlockList } from 'node:net';
import type { JsonObject } from '@strake/core';
import * as z from 'zod';

/** Somebody who calls or is called: a pod where it has a namespace, else an address outside of the cluster. */
export interface Party {
  readonly name: string;
  readonly address: string;
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  /** Where it can be called, whether something listens there or not. */
  readonly ports: readonly PartyPort[];
}

export interface PartyPort {
  readonly port: number;
  readonly protocol: string;
  readonly name?: string | undefined;
}

const labels = z.record(z.string(), z.string());
const selector = z.strictObject({
  matchLabels: labels.default({}),
  matchExpressions: z
    .array(
      z.strictObject({
        key: z.string(),
        operator: z.enum(['In', 'NotIn', 'Exists', 'DoesNotExist']),
        values: z.array(z.string()).default([]),
      }),
    )
    .default([]),
});
const peer = z.strictObject({
  podSelector: selector.optional(),
  namespaceSelector: selector.optional(),
  ipBlock: z.strictObject({ cidr: z.string(), except: z.array(z.string()).default([]) }).optional(),
});
const ports = z
  .array(
    z.strictObject({
      protocol: z.string().default('TCP'),
      port: z.union([z.number(), z.string()]).optional(),
      endPort: z.number().optional(),
    }),
  )
  .default([]);
const policySchema = z.object({
  metadata: z.object({ namespace: z.string() }),
  spec: z.strictObject({
    podSelector: selector,
    policyTypes: z.array(z.enum(['Ingress', 'Egress'])).optional(),
    ingress: z.array(z.strictObject({ from: z.array(peer).default([]), ports })).optional(),
    egress: z.array(z.strictObject({ to: z.array(peer).default([]), ports })).optional(),
  }),
});

type Policy = z.output<typeof policySchema>;
type Selector = z.output<typeof selector>;
type Peer = z.output<typeof peer>;
type Direction = 'Ingress' | 'Egress';

/**
 * Who can call whom at which port under NetworkPolicies (Kubernetes API: NetworkPolicySpec): `frontend -> cartservice:7070`.
 * Both sides must allow a call. An `ipBlock` is judged by addresses, those of pods too.
 */
export function reachability(objects: readonly JsonObject[], parties: readonly Party[]): Set<string> {
  const policies = objects
    .filter(({ kind }) => kind === 'NetworkPolicy')
    .map((each) => policySchema.parse(each));
  const found = new Set<string>();
  for (const from of parties) {
    for (const to of parties.filter((each) => each !== from)) {
      for (const port of to.ports) {
        const isAllowed =
          allows('Egress', from, to, { port, policies }) && allows('Ingress', to, from, { port, policies });
        if (isAllowed) found.add(`${from.name} -> ${to.name}:${portText(port)}`);
      }
    }
  }
  return found;
}

function portText({ port, protocol }: PartyPort): string {
  return protocol === 'TCP' ? String(port) : `${port}/${protocol}`;
}

/** A pod that no policy of a direction selects is open in that direction; else one rule must allow the call. */
function allows(
  direction: Direction,
  subject: Party,
  other: Party,
  { port, policies }: { readonly port: PartyPort; readonly policies: readonly Policy[] },
): boolean {
  const selecting = policies.filter(
    ({ metadata, spec }) =>
      metadata.namespace === subject.namespace &&
      typesOf(spec).includes(direction) &&
      matches(spec.podSelector, subject.labels),
  );
  if (selecting.length === 0) return true;
  const listening = direction === 'Egress' ? other : subject;
  return selecting.some(({ metadata: { namespace }, spec }) =>
    rulesOf(direction, spec).some(
      (rule) =>
        (rule.peers.length === 0 || rule.peers.some((each) => isPeer(each, other, namespace))) &&
        (rule.ports.length === 0 || rule.ports.some((each) => isPort(each, port, listening))),
    ),
  );
}

/** What a policy is about when it does not say: callers, and callees where it has rules for them. */
function typesOf({ policyTypes, egress }: Policy['spec']): readonly Direction[] {
  return policyTypes ?? (egress === undefined ? ['Ingress'] : ['Ingress', 'Egress']);
}

function rulesOf(direction: Direction, { ingress = [], egress = [] }: Policy['spec']) {
  return direction === 'Ingress'
    ? ingress.map((rule) => ({ peers: rule.from, ports: rule.ports }))
    : egress.map((rule) => ({ peers: rule.to, ports: rule.ports }));
}

function isPeer({ podSelector, namespaceSelector, ipBlock }: Peer, party: Party, own: string): boolean {
  if (ipBlock !== undefined)
    return (
      isWithin(ipBlock.cidr, party.address) && !ipBlock.except.some((each) => isWithin(each, party.address))
    );
  if (party.namespace === undefined) return false;
  const isThere =
    namespaceSelector === undefined
      ? party.namespace === own
      : matches(namespaceSelector, { 'kubernetes.io/metadata.name': party.namespace });
  return isThere && (podSelector === undefined || matches(podSelector, party.labels));
}

function isWithin(cidr: string, address: string): boolean {
  const [network = '', prefix = ''] = cidr.split('/');
  const list = new BlockList();
  list.addSubnet(network, Number(prefix), network.includes(':') ? 'ipv6' : 'ipv4');
  return list.check(address, address.includes(':') ? 'ipv6' : 'ipv4');
}

function isPort(allowed: z.output<typeof ports>[number], called: PartyPort, listening: Party): boolean {
  const { protocol, port, endPort } = allowed;
  if (protocol !== called.protocol) return false;
  if (port === undefined) return true;
  const first =
    typeof port === 'number'
      ? port
      : listening.ports.find((each) => each.name === port && each.protocol === protocol)?.port;
  return first !== undefined && called.port >= first && called.port <= (endPort ?? first);
}

function matches({ matchLabels, matchExpressions }: Selector, given: Party['labels'] = {}): boolean {
  return (
    Object.entries(matchLabels).every(([key, value]) => given[key] === value) &&
    matchExpressions.every(({ key, operator, values }) => {
      const value = given[key];
      if (operator === 'Exists') return value !== undefined;
      if (operator === 'DoesNotExist') return value === undefined;
      const isIn = value !== undefined && values.includes(value);
      return operator === 'In' ? isIn : !isIn;
    })
  );
}

import { defineRule, type JsonObject } from '@strake/core';
import { podsOf, type PodsOfObject } from './pods.ts';
import { mapsAt, numberAt, textsAt, valueAt } from './reading.ts';

const FROM = { package: '@strake/checks' } as const;

/** Every container gives up the rights that the restricted Pod Security Standard forbids. */
export const requireSecurityContext = defineRule({
  ...FROM,
  code: 'require-security-context',
  summary: 'containers without root, privilege escalation and capabilities',
  why: 'Whoever breaks into the container has more rights there than the process needs.',
  fix: "Attach `containerSecurityContext({ preset: 'restricted' })`.",
  severity: 'warning',
  check(target, report) {
    for (const { object, spec, containers } of podsOf(target)) {
      for (const { name, value } of containers) {
        const missing = missingRestrictions(value, spec);
        if (missing.length === 0) continue;
        report({ at: object, written: `the container \`${name}\` lacks ${missing.join(', ')}` });
      }
    }
  },
});

function missingRestrictions(container: JsonObject, spec: JsonObject): string[] {
  const own = (field: string) => valueAt(container, 'securityContext', field);
  const isNonRoot = (own('runAsNonRoot') ?? valueAt(spec, 'securityContext', 'runAsNonRoot')) === true;
  return [
    ...(isNonRoot ? [] : ['`runAsNonRoot: true`']),
    ...(own('allowPrivilegeEscalation') === false ? [] : ['`allowPrivilegeEscalation: false`']),
    ...(textsAt(container, 'securityContext', 'capabilities', 'drop').includes('ALL')
      ? []
      : ['`capabilities.drop: [ALL]`']),
  ];
}

/** No pod reaches past its container into the node. */
export const noHostAccess = defineRule({
  ...FROM,
  code: 'no-host-access',
  summary: 'pods without privileged containers, host namespaces, host paths and host ports',
  why: 'Whoever breaks into such a pod has the node, and with it every pod there.',
  fix: 'Remove it, or let cluster operators waive it for what must run on the node itself.',
  severity: 'warning',
  check(target, report) {
    for (const pods of podsOf(target)) {
      const reaches = REACHES.filter(([, hasIt]) => hasIt(pods)).map(([name]) => `\`${name}\``);
      if (reaches.length > 0) report({ at: pods.object, written: `the pod has ${reaches.join(', ')}` });
    }
  },
});

/** What leads from a pod to its node. */
const REACHES: readonly (readonly [string, (pods: PodsOfObject) => boolean])[] = [
  ['hostNetwork', ({ spec }) => spec['hostNetwork'] === true],
  ['hostPID', ({ spec }) => spec['hostPID'] === true],
  ['hostIPC', ({ spec }) => spec['hostIPC'] === true],
  ['hostPath', ({ spec }) => mapsAt(spec, 'volumes').some(({ hostPath }) => hostPath !== undefined)],
  [
    'privileged',
    ({ containers }) =>
      containers.some(({ value }) => valueAt(value, 'securityContext', 'privileged') === true),
  ],
  [
    'hostPort',
    ({ containers }) =>
      containers.some(({ ports }) => ports.some((port) => (numberAt(port, 'hostPort') ?? 0) > 0)),
  ],
];

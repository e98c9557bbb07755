import { defineRule, type JsonObject } from '@strake/core';
import { podsOf } from './pods.ts';
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
    for (const { object, spec, containers } of podsOf(target)) {
      const reaches = [
        ...['hostNetwork', 'hostPID', 'hostIPC'].filter((field) => valueAt(spec, field) === true),
        ...(mapsAt(spec, 'volumes').some((each) => valueAt(each, 'hostPath') !== undefined)
          ? ['hostPath']
          : []),
        ...(containers.some(({ value }) => valueAt(value, 'securityContext', 'privileged') === true)
          ? ['privileged']
          : []),
        ...(containers.some(({ value }) =>
          mapsAt(value, 'ports').some((port) => (numberAt(port, 'hostPort') ?? 0) > 0),
        )
          ? ['hostPort']
          : []),
      ];
      if (reaches.length > 0)
        report({ at: object, written: `the pod has ${reaches.map((each) => `\`${each}\``).join(', ')}` });
    }
  },
});

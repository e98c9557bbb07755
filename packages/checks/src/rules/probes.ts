import { defineRule, nearest } from '@strake/core';
import { LASTING_KINDS, podsOf } from './pods.ts';
import { mapAt, textAt, valueAt } from './reading.ts';

const FROM = { package: '@strake/checks' } as const;

const PROBES = ['readinessProbe', 'livenessProbe', 'startupProbe'] as const;
const HANDLERS = ['httpGet', 'tcpSocket'] as const;

/** Every container that listens says when it is ready. */
export const requireProbe = defineRule({
  ...FROM,
  code: 'require-probe',
  summary: 'a readiness probe on every container that listens on a port',
  why: 'Without one the pod gets requests before it can answer them, on every rollout.',
  fix: 'Attach `probes({ readiness: ... })`.',
  severity: 'warning',
  check(target, report) {
    for (const { object, containers } of podsOf(target, LASTING_KINDS)) {
      for (const { name, value, ports, isLasting } of containers) {
        const listens = isLasting && ports.length > 0;
        if (!listens || valueAt(value, 'readinessProbe') !== undefined) continue;
        report({ at: object, written: `the container \`${name}\` has ports and no readiness probe` });
      }
    }
  },
});

/** A probe that calls a port by name names a port of its container. */
export const validProbePort = defineRule({
  ...FROM,
  code: 'valid-probe-port',
  summary: 'probes of ports that the container has',
  why: 'The probe fails for ever, so that the pod never gets ready or is restarted without end.',
  fix: "Name one of the container's ports.",
  severity: 'error',
  check(target, report) {
    for (const { object, containers } of podsOf(target)) {
      for (const { name, value, ports } of containers) {
        for (const probe of PROBES) {
          const probing = mapAt(value, probe);
          if (probing === undefined) continue;
          for (const handler of HANDLERS) {
            const port = textAt(probing, handler, 'port');
            if (port === undefined) continue;
            const names = ports.flatMap((each) => textAt(each, 'name') ?? []);
            if (names.includes(port)) continue;
            const likely = nearest(port, names);
            report({
              at: object,
              written: `\`${probe}\` of the container \`${name}\` calls the port \`${port}\``,
              ...(likely !== undefined && { fix: `Did you mean \`${likely}\`?` }),
            });
          }
        }
      }
    }
  },
});

import type { JsonObject } from '@strake/core';
import type { EgressHost } from './egress-host.ts';

/** What lets sidecars encrypt calls to a host; undefined where they do not (istio.io: Egress TLS Origination). */
export function tlsOriginationSpec({ host, ports }: EgressHost): JsonObject | undefined {
  const portLevelSettings = ports.flatMap(({ number, tls }) =>
    tls === undefined
      ? []
      : [
          {
            port: { number },
            tls: { mode: 'SIMPLE', sni: tls.sni ?? host, subjectAltNames: tls.subjectAltNames ?? [host] },
          },
        ],
  );
  if (portLevelSettings.length === 0) return undefined;
  return { host, exportTo: ['.'], trafficPolicy: { portLevelSettings } };
}

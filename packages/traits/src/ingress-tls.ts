import type { JsonObject, TraitContext } from '@strake/core';
import { secretNameOf, type CertificateProperties } from './cert-manager/certificate.ts';
import { covers } from './dns-name.ts';

type Problem = Parameters<TraitContext['report']>[0];

/** What an ingress ends TLS with. */
export interface IngressTlsProperties {
  /**
   * Name of the Secret with the certificate.
   * @default - that of an attached `certificate`, else the controller's own
   */
  readonly secretName?: string;
}

/** How TLS is written, and what is wrong with it. */
export interface IngressTls {
  readonly tls?: JsonObject[];
  readonly problems: readonly Problem[];
}

/** What is known where TLS is decided. */
export interface TlsSituation {
  readonly tls: IngressTlsProperties | undefined;
  readonly hosts: readonly string[] | undefined;
  readonly certificate: CertificateProperties | undefined;
  readonly component: { readonly name: string };
  readonly namespace: string;
}

/** TLS with the Secret that is named, that of the certificate, or the controller's own; none where nothing asks for it. */
export function ingressTls({ tls, hosts, certificate, component, namespace }: TlsSituation): IngressTls {
  if (tls === undefined && certificate === undefined) return { problems: [] };
  if (tls?.secretName !== undefined || certificate === undefined)
    return { tls: [{ hosts, secretName: tls?.secretName }], problems: [] };
  const { namespace: home = namespace, secretName = secretNameOf(component), dnsNames } = certificate;
  if (home !== namespace) return { problems: [outOfReach(home, namespace)] };
  return {
    tls: [{ hosts, secretName }],
    problems: (hosts ?? [])
      .filter((host) => !covers(dnsNames, host))
      .map((host) => notCovered(host, dnsNames)),
  };
}

function outOfReach(home: string, namespace: string): Problem {
  return {
    code: 'property-invalid',
    written: `\`ingress\` beside a \`certificate\` in the namespace \`${home}\``,
    allowed: `a Secret of its own namespace, \`${namespace}\`, from which alone an ingress takes certificates`,
    fix: 'Remove `namespace` of `certificate`, or give `tls: { secretName }`.',
  };
}

function notCovered(host: string, dnsNames: readonly string[]): Problem {
  return {
    code: 'property-invalid',
    severity: 'warning',
    written: `\`${host}\` of \`ingress\` is not among the names of the certificate`,
    allowed: dnsNames.map((name) => `\`${name}\``).join(', '),
    fix: 'Add it to `dnsNames` of `certificate`.',
  };
}

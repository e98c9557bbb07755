import { defineTrait, propertiesOf, type TraitFactory } from '@strake/core';
import * as z from 'zod';
import { milliseconds } from '../istio/duration.ts';
import { namespaceName } from '../namespace-name.ts';
import { objectName } from '../object-name.ts';
import { dnsName } from '../dns-name.ts';
import { issuerSchema, type IssuerProperties } from './issuer.ts';
import { privateKeySchema, type PrivateKeyProperties } from './private-key.ts';
import { usageSchema, type CertificateUsage } from './usage.ts';

export interface CertificateProperties {
  /** Host names that it is for: `shop.example.com`, or `*.example.com`. */
  readonly dnsNames: readonly string[];
  /**
   * Who signs it.
   * @default - the issuer of the platform's `gateway()`
   */
  readonly issuerRef?: IssuerProperties;
  /**
   * Name of the Secret that cert-manager keeps it in.
   * @default - the component's name and `-tls`
   */
  readonly secretName?: string;
  /**
   * Namespace of the certificate and its Secret: that of the gateway where one ends TLS.
   * @default - the application's
   */
  readonly namespace?: string;
  /**
   * How long it is valid, at least an hour; some issuers have a length of their own.
   * @default '2160h'
   */
  readonly duration?: string;
  /**
   * How long before its end it is renewed, at least 5 minutes.
   * @default - a third of its duration
   */
  readonly renewBefore?: string;
  /**
   * Its key.
   * @default - RSA of 2048 bits, a new one each time
   */
  readonly privateKey?: PrivateKeyProperties;
  /**
   * What it is for.
   * @default ['digital signature', 'key encipherment']
   */
  readonly usages?: readonly CertificateUsage[];
}

const time = z
  .string()
  .regex(/^([0-9]+(\.[0-9]+)?(s|m|h))+$/, { error: 'a duration such as `2160h` or `90m`', abort: true });
const DAYS_90 = '2160h';

/**
 * Has cert-manager keep a certificate in a Secret (cert-manager.io: Certificate). An `ingress` on the same component
 * serves it; a gateway needs it in its own `namespace`, where its listener names the Secret.
 *
 * @example
 * certificate({ dnsNames: ['shop.example.com'], issuerRef: { name: 'letsencrypt' } })
 */
export const certificate: TraitFactory<CertificateProperties, never> = defineTrait({
  name: 'certificate',
  package: '@strake/traits',
  summary: 'Has cert-manager keep a certificate in a Secret.',
  properties: propertiesOf<CertificateProperties>()({
    dnsNames: z.array(dnsName).min(1).readonly(),
    issuerRef: issuerSchema.optional(),
    secretName: objectName.optional(),
    namespace: namespaceName.optional(),
    duration: time.refine((text) => milliseconds(text) >= 3_600_000, 'at least `1h`').optional(),
    renewBefore: time.refine((text) => milliseconds(text) >= 300_000, 'at least `5m`').optional(),
    privateKey: privateKeySchema.optional(),
    usages: z.array(usageSchema).min(1).readonly().optional(),
  }).refine(
    ({ duration = DAYS_90, renewBefore = '0s' }) => milliseconds(renewBefore) < milliseconds(duration),
    { path: ['renewBefore'], error: `less than \`duration\`, which is \`${DAYS_90}\` unless it is given` },
  ),
  needs: [],
  apply({ create, component }, { namespace, secretName = secretNameOf(component), issuerRef, ...spec }) {
    create({
      apiVersion: 'cert-manager.io/v1',
      kind: 'Certificate',
      metadata: { name: component.name, namespace },
      spec: { secretName, issuerRef: issuerRef && { kind: 'ClusterIssuer', ...issuerRef }, ...spec },
    });
  },
});

/** Name of the Secret of a component's certificate, where no other is given. */
export function secretNameOf(component: { readonly name: string }): string {
  return `${component.name}-tls`;
}

import { defineScope, propertiesOf, type ScopeFactory } from '@strake/core';
import * as z from 'zod';
import { completeCertificate, completeIngress, completeRoute } from './complete-hosts.ts';
import { isCertificate, isIngress, isRoute } from './gateway-hosts.ts';
import { namespaceSchema } from './labels.ts';
import { patternSchema } from './pattern.ts';
import { reportStrangers } from './strange-hosts.ts';

/** A gateway of the Gateway API. */
export interface GatewayReference {
  readonly name: string;
  /** Namespace of the gateway. */
  readonly namespace: string;
  /**
   * Name of the listener.
   * @default - every listener whose host names fit
   */
  readonly sectionName?: string;
}

/** Who signs certificates. */
export interface GatewayIssuer {
  readonly name: string;
  /** @default 'ClusterIssuer' */
  readonly kind?: 'Issuer' | 'ClusterIssuer';
}

export interface GatewayProperties {
  /**
   * Class of an Ingress that names none.
   * @default - the cluster's default class
   */
  readonly ingressClassName?: string;
  /**
   * Gateway of a route that names none.
   * @default - none
   */
  readonly gateway?: GatewayReference;
  /**
   * Namespace of the pods that bring the calls. Where `network()` or `mesh()` holds too, they may call what an Ingress or
   * a route leads to.
   * @default - that of the gateway; nobody is let in where there is none
   */
  readonly controllerNamespace?: string;
  /**
   * Domains that the host names of applications are in.
   * @default - any
   */
  readonly domains?: readonly string[];
  /**
   * Host name of an Ingress or a route that names none, with `{component}`, `{application}`, `{namespace}`,
   * `{environment}` and `{domain}`, the first domain.
   * @default - none: every host name leads to it that leads nowhere else
   */
  readonly host?: string;
  /**
   * Issuer of cert-manager for certificates that name none, and for an Ingress with TLS but without a certificate.
   * @default - none
   */
  readonly issuer?: GatewayIssuer;
}

const name = z
  .string()
  .regex(/^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/, 'a name of lower-case letters and digits');
const domain = z
  .string()
  .regex(
    /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)+$/,
    'a domain such as `example.com`',
  );

/**
 * Says how applications are called from outside of the cluster: completes what Ingresses, routes and certificates leave
 * open, and keeps their host names in the domains.
 *
 * @example
 * gateway({ ingressClassName: 'traefik', controllerNamespace: 'traefik', domains: ['shop.example.com'] })
 */
export const gateway: ScopeFactory<GatewayProperties> = defineScope({
  name: 'gateway',
  package: '@strake/scopes',
  summary: 'Says how applications are called from outside of the cluster.',
  properties: propertiesOf<GatewayProperties>()({
    ingressClassName: name.optional(),
    gateway: z.strictObject({ name, namespace: namespaceSchema, sectionName: name.optional() }).optional(),
    controllerNamespace: namespaceSchema.optional(),
    domains: z.array(domain).min(1).readonly().optional(),
    host: patternSchema(['component', 'application', 'namespace', 'environment', 'domain']).optional(),
    issuer: z.strictObject({ name, kind: z.enum(['Issuer', 'ClusterIssuer']).optional() }).optional(),
  }).refine(({ host, domains }) => host?.includes('{domain}') !== true || domains !== undefined, {
    path: ['host'],
    error: '`{domain}` beside `domains` only',
  }),
  application(context, properties) {
    const { domains } = properties;
    for (const object of context.objects()) {
      if (isIngress(object)) completeIngress(object, properties, context);
      if (isRoute(object)) completeRoute(object, properties, context);
      if (isCertificate(object)) completeCertificate(object, properties, context);
      if (domains !== undefined) reportStrangers(object, domains, context);
    }
  },
});

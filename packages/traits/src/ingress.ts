import { defineTrait, Exposed, propertiesOf, type TraitFactory } from '@strake/core';
import * as z from 'zod';
import { certificate } from './cert-manager/certificate.ts';
import { dnsName } from './dns-name.ts';
import { hasEntry } from './has-entry.ts';
import { misleadingAnnotations } from './ingress-annotations.ts';
import { ingressPathsSchema, ledPaths, type IngressPathProperties } from './ingress-path.ts';
import { ingressTls, type IngressTlsProperties } from './ingress-tls.ts';
import { labelKey } from './labels.ts';
import { namespaceName } from './namespace-name.ts';
import { objectName } from './object-name.ts';

export interface IngressProperties {
  /**
   * Host names by which it is called: `shop.example.com`, or `*.example.com`.
   * @default - every host name that no other ingress has
   */
  readonly hosts?: readonly string[];
  /**
   * Paths that lead to it.
   * @default - all of them
   */
  readonly paths?: readonly IngressPathProperties[];
  /**
   * Name of the port that requests go to.
   * @default - the only port, or the only one that speaks HTTP
   */
  readonly port?: string;
  /**
   * Class of the controller that serves it.
   * @default - the cluster's default class, without which nobody serves it
   */
  readonly ingressClassName?: string;
  /**
   * Ends TLS, where clients of the `hosts` come with it.
   * @default - with an attached `certificate`, else not at all
   */
  readonly tls?: IngressTlsProperties;
  /**
   * What the controller is told by its own keys.
   * @default - nothing
   */
  readonly annotations?: Readonly<Record<string, string>>;
  /**
   * Namespace of the controller's pods; it is let in.
   * @default - nobody is let in who is not already
   */
  readonly controllerNamespace?: string;
}

/**
 * Leads HTTP requests from outside of the cluster to a component (Kubernetes API: Ingress).
 *
 * @example
 * ingress({ hosts: ['shop.example.com'], ingressClassName: 'traefik', controllerNamespace: 'traefik' })
 */
export const ingress: TraitFactory<IngressProperties, 'exposed'> = defineTrait({
  name: 'ingress',
  package: '@strake/traits',
  summary: 'Leads HTTP requests from outside of the cluster to a component.',
  properties: propertiesOf<IngressProperties>()({
    hosts: z.array(dnsName).min(1).readonly().optional(),
    paths: ingressPathsSchema.optional(),
    port: z.string().min(1).optional(),
    ingressClassName: objectName.optional(),
    tls: z.strictObject({ secretName: objectName.optional() }).optional(),
    annotations: z.record(labelKey, z.string()).readonly().optional(),
    controllerNamespace: namespaceName.optional(),
  }),
  needs: [Exposed],
  knows: { certificate },
  apply(target, { hosts, paths = [{ path: '/' }], port, ingressClassName, annotations = {}, ...given }) {
    const { create, admit, report, component, namespace, exposed, known } = target;
    const { certificate: attached } = known;
    const ended = ingressTls({ tls: given.tls, hosts, certificate: attached, component, namespace });
    const told = { hasCertificate: attached !== undefined, hasTls: ended.tls !== undefined };
    const led = ledPaths(paths, { port, exposed });
    const misleading = misleadingAnnotations(annotations, told);
    for (const problem of [...ended.problems, ...misleading, ...led.problems]) report(problem);
    if (led.ports.length === 0) return;
    const http = { paths: led.paths };
    create({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: { name: component.name, annotations: hasEntry(annotations) ? annotations : undefined },
      spec: {
        ingressClassName,
        tls: ended.tls,
        rules: hosts === undefined ? [{ http }] : hosts.map((host) => ({ host, http })),
      },
    });
    const { controllerNamespace } = given;
    if (controllerNamespace === undefined) return;
    for (const each of led.ports) admit({ namespace: controllerNamespace, port: each });
  },
});

import {
  defineScope,
  propertiesOf,
  type ApplicationScopeContext,
  type ScopeFactory,
  type Severity,
} from '@strake/core';
import * as z from 'zod';
import { hardenPods } from './harden-pods.ts';
import { HARDENINGS, USUAL_HARDENINGS, type Hardening } from './hardening.ts';
import { mesh, type MeshProperties } from './mesh.ts';
import { namespaceObject } from './namespace-object.ts';

/** A level of the Pod Security Standards (kubernetes.io, Pod Security Standards). */
export type PodSecurityLevel = 'privileged' | 'baseline' | 'restricted';

export interface SecurityProperties {
  /**
   * Level that pods must fulfil; Kubernetes refuses others.
   * @default 'restricted'
   */
  readonly enforce?: PodSecurityLevel;
  /**
   * Level that is written to the audit log where pods do not fulfil it.
   * @default - as `enforce`
   */
  readonly audit?: PodSecurityLevel;
  /**
   * Level of which whoever applies a workload is warned.
   * @default - as `enforce`
   */
  readonly warn?: PodSecurityLevel;
  /**
   * Version of the standards: `v1.34`, or `latest`.
   * @default - the environment's Kubernetes version
   */
  readonly version?: string;
  /**
   * What is filled in where components and traits say nothing. A looser value of theirs stands where it is written with a
   * reason, and is a finding else.
   * @default - all but `readOnlyRootFilesystem`
   */
  readonly harden?: readonly Hardening[];
}

const level = z.enum(['privileged', 'baseline', 'restricted']).optional();

/**
 * Holds pods to a level of the Pod Security Standards, and fills in what it asks of their containers. What injects
 * containers into pods, such as a mesh, is held to the level too.
 *
 * @example
 * security({ enforce: 'restricted' })
 */
export const security: ScopeFactory<SecurityProperties> = defineScope({
  name: 'security',
  package: '@strake/scopes',
  summary: 'Holds pods to a level of the Pod Security Standards.',
  properties: propertiesOf<SecurityProperties>()({
    enforce: level,
    audit: level,
    warn: level,
    version: z
      .string()
      .regex(/^(latest|v1\.\d+)$/, 'a version such as `v1.34`, or `latest`')
      .optional(),
    harden: z.array(z.enum(HARDENINGS)).readonly().optional(),
  }),
  knows: { mesh },
  application(context, { enforce = 'restricted', harden = USUAL_HARDENINGS }) {
    for (const component of context.components) hardenPods(component, harden, context);
    reportInjection(enforce, context.known.mesh, context);
  },
  platform({ environment, namespaces, ensure }, { enforce = 'restricted', ...given }) {
    const { audit = enforce, warn = enforce, version = `v${environment.kubernetes}` } = given;
    const labels = Object.entries({ enforce, audit, warn }).flatMap(([mode, each]) => [
      [`pod-security.kubernetes.io/${mode}`, each],
      [`pod-security.kubernetes.io/${mode}-version`, version],
    ]);
    for (const namespace of namespaces) {
      ensure(namespaceObject(namespace)).merge({ metadata: { labels: Object.fromEntries(labels) } });
    }
  },
});

/** `baseline` forbids the right in the standards' text, but istio.io lets it pass: that is a warning only. */
const SEVERITIES: Readonly<Record<PodSecurityLevel, Severity | undefined>> = {
  restricted: 'error',
  baseline: 'warning',
  privileged: undefined,
};

function reportInjection(
  enforce: PodSecurityLevel,
  mesh: MeshProperties | undefined,
  { report }: ApplicationScopeContext,
): void {
  const severity = SEVERITIES[enforce];
  if (severity === undefined || mesh === undefined || mesh.mode === 'ambient' || mesh.cni === true) return;
  report({
    code: 'scope-conflict',
    severity,
    path: 'platform/security',
    written: `\`security\` enforces \`${enforce}\`, and \`mesh\` injects sidecars whose \`istio-init\` needs NET_ADMIN and NET_RAW`,
    allowed: 'a mesh whose pods need no such rights: with the CNI plugin of Istio, or in ambient mode',
    fix: "Install the plugin and give `mesh({ cni: true })`, or choose `mode: 'ambient'`.",
  });
}

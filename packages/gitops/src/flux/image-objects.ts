import {
  finding,
  type AgentObjects,
  type Finding,
  type JsonObject,
  type KubernetesObject,
  type SyncedApplication,
  type SyncedEnvironment,
} from '@strake/core';
import { pathInGit } from '../agents/agent-properties.ts';
import { EXCLUDED_TAGS } from '../images/choose-tag.ts';
import { imagePolicies, type AgentImagePolicy } from '../images/image-policies.ts';
import type { FluxImageUpdates, FluxProperties } from './flux-properties.ts';

const API = 'image.toolkit.fluxcd.io/v1';

/** By this label an environment's automation finds the policies that it serves. */
const ENVIRONMENT = 'strake.dev/environment';
const INTERVAL = '5m';

/** The policies of an application's images (Flux: ImageRepository, ImagePolicy). */
export function imageObjects(
  { rendered }: SyncedApplication,
  { imageUpdates, namespace = 'flux-system' }: FluxProperties,
): AgentObjects {
  const { images = [] } = rendered;
  if (imageUpdates === undefined) return { objects: [] };
  const policies = imagePolicies({ ...rendered, images }).filter((policy) => policy.namespace !== undefined);
  const reachable = policies.filter((policy) => policy.namespace === namespace);
  return {
    objects: reachable.flatMap((policy) => [
      imageRepository(policy, imageUpdates),
      imagePolicy(policy, imageUpdates),
    ]),
    findings: policies
      .filter((policy) => !reachable.includes(policy))
      .map((policy) => unreachable(policy, namespace)),
  };
}

/** What commits the tags that the policies of an environment choose (Flux: ImageUpdateAutomation). */
export function imageUpdateAutomation(
  { environment: { name, approval } }: SyncedEnvironment,
  properties: FluxProperties,
): KubernetesObject[] {
  const { imageUpdates, namespace = 'flux-system', branch = 'main' } = properties;
  if (imageUpdates === undefined) return [];
  const { author, signingKey, interval = INTERVAL } = imageUpdates;
  const push = approval === 'pull-request' ? `flux/images-${name}` : branch;
  const spec: JsonObject = {
    interval,
    sourceRef: { kind: 'GitRepository', name },
    policySelector: { matchLabels: { [ENVIRONMENT]: name } },
    update: { strategy: 'Setters', path: `./${pathInGit(properties, '')}` },
    git: {
      checkout: { ref: { branch } },
      commit: {
        author: { ...author },
        messageTemplate: message(name),
        ...(signingKey && { signingKey: { ...signingKey } }),
      },
      push: { branch: push },
    },
  };
  return [{ apiVersion: API, kind: 'ImageUpdateAutomation', metadata: { name, namespace }, spec }];
}

function imageRepository(policy: AgentImagePolicy, updates: FluxImageUpdates): KubernetesObject {
  const { image } = policy;
  const { interval = INTERVAL } = updates;
  const [registry = ''] = image.split('/', 1);
  const secret = updates.registries?.[registry]?.secretRef;
  return {
    apiVersion: API,
    kind: 'ImageRepository',
    metadata: metadata(policy),
    spec: {
      image,
      interval,
      exclusionList: [...EXCLUDED_TAGS],
      ...(secret && { secretRef: { ...secret } }),
    },
  };
}

function imagePolicy(policy: AgentImagePolicy, { interval = INTERVAL }: FluxImageUpdates): KubernetesObject {
  const { name, filterTags, digestReflectionPolicy } = policy;
  return {
    apiVersion: API,
    kind: 'ImagePolicy',
    metadata: metadata(policy),
    spec: {
      imageRepositoryRef: { name },
      policy: { ...policy.policy },
      ...(filterTags && { filterTags: { ...filterTags } }),
      digestReflectionPolicy,
      ...(digestReflectionPolicy === 'Always' && { interval }),
    },
  };
}

function metadata({ name, namespace = '', environment }: AgentImagePolicy) {
  return { name, namespace, labels: { [ENVIRONMENT]: environment } };
}

function message(environment: string): string {
  return [
    `chore(${environment}): update images`,
    '',
    '{{ range .Changed.Changes }}{{ .OldValue }} -> {{ .NewValue }}',
    '{{ end }}',
  ].join('\n');
}

function unreachable({ environment, application, image, name, namespace }: AgentImagePolicy, own: string) {
  const found: Finding = finding({
    code: 'image-policy-unsupported',
    severity: 'warning',
    path: application,
    written: `the marker of \`${image}\` names the policy \`${namespace}:${name}\``,
    allowed: `policies in \`${own}\`, where this Flux looks for them`,
    fix: `Write \`${own}:${name}\` into the markers of the image lock, or give \`flux\` that \`namespace\`.`,
  });
  return { ...found, environments: [environment] };
}

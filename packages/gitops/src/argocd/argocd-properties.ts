import { propertiesOf, type PropertiesSchema } from '@strake/core';
import * as z from 'zod';
import {
  agentShape,
  hasCredentials,
  objectName,
  secretRef,
  type AgentProperties,
} from '../agents/agent-properties.ts';

/** What `argocd()` writes. */
export interface ArgocdProperties extends AgentProperties {
  /**
   * Namespace of Argo CD's objects.
   * @default 'argocd'
   */
  readonly namespace?: string;
  /**
   * Clusters as Argo CD knows them, by the platform's name for them.
   * @default - each cluster has an Argo CD of its own, which calls it `https://kubernetes.default.svc`
   */
  readonly destinations?: Readonly<Record<string, ArgocdDestination>>;
  /**
   * AppProject that exists already and that all Applications are in.
   * @default 'default'
   */
  readonly project?: string;
  /**
   * AppProject of the Applications that sync Argo CD's own objects; it must permit those.
   * @default 'default'
   */
  readonly rootProject?: string;
  /**
   * Whether each Application has an AppProject of its own, which permits exactly what is rendered. One that must have
   * sync windows always does, unless `project` is given.
   * @default false
   */
  readonly appProjects?: boolean;
  /**
   * Whether one ApplicationSet makes the Applications of an environment, one for each folder. They have neither order nor
   * ignored differences, nor names that were kept.
   * @default false
   */
  readonly applicationSet?: boolean;
  /**
   * Whether objects are deleted whose file is gone.
   * @default true
   */
  readonly prune?: boolean;
  /**
   * Whether what was changed in the cluster is changed back. What was added where nothing is rendered stays: Argo CD
   * compares no more than what it has applied.
   * @default true
   */
  readonly selfHeal?: boolean;
  /**
   * Whether the API server compares, by a dry run (Argo CD: ServerSideDiff=true). It knows what webhooks change. But where
   * it would refuse an object, as one whose immutable field changed or a changed Job, Argo CD 3.5 calls the Application
   * `Synced`, and applies nothing of it.
   * @default false
   */
  readonly serverSideDiff?: boolean;
  /**
   * Whether the objects of an Application are deleted with it (Argo CD: resources-finalizer.argocd.argoproj.io).
   * @default true
   */
  readonly cascade?: boolean;
  /**
   * ServiceAccount by which applications are applied, in each one's namespace; wants `appProjects`
   * (Argo CD: AppProject.spec.destinationServiceAccounts, which `application.sync.impersonation.enabled` turns on for all
   * projects: `rootProject` must name one too).
   * @default - Argo CD's own
   */
  readonly serviceAccountName?: string;
  /**
   * How Argo CD Image Updater moves the images that a lock decides.
   * @default - it does not
   */
  readonly imageUpdates?: ArgocdImageUpdates;
}

/** A cluster by its name or by its URL, as Argo CD knows it. */
export type ArgocdDestination = { readonly name: string } | { readonly server: string };

/** How Argo CD Image Updater writes to the repository. */
export interface ArgocdImageUpdates {
  /**
   * Secret with what a push asks for, in the namespace of Argo CD's objects.
   * @default - what Argo CD itself has for the repository
   */
  readonly secretRef?: { readonly name: string };
  /**
   * Secrets for registries, by the registry's name: `ghcr.io`. They are of the type `kubernetes.io/dockerconfigjson`.
   * @default {}
   */
  readonly registries?: Readonly<Record<string, { readonly secretRef: { readonly name: string } }>>;
  /**
   * Who opens the pull requests of environments whose approval is one.
   * @default 'github'
   */
  readonly forge?: 'github' | 'gitlab';
}

const imageUpdates = z.strictObject({
  secretRef: secretRef.optional(),
  registries: z.record(z.string(), z.strictObject({ secretRef })).optional(),
  forge: z.enum(['github', 'gitlab']).optional(),
});

const properties = propertiesOf<ArgocdProperties>()({
  ...agentShape,
  url: z
    .string()
    .regex(/^(?:(?:http|https|ssh):\/\/\S+|[\w.-]+@[\w.-]+:\S+)$/, 'is no URL of a Git repository')
    .refine((url) => !hasCredentials(url), "has credentials, which belong into Argo CD's Secret"),
  namespace: objectName.optional(),
  destinations: z
    .record(
      z.string(),
      z.union([z.strictObject({ name: z.string().min(1) }), z.strictObject({ server: z.url() })]),
    )
    .optional(),
  project: objectName.optional(),
  rootProject: objectName.optional(),
  appProjects: z.boolean().optional(),
  applicationSet: z.boolean().optional(),
  prune: z.boolean().optional(),
  selfHeal: z.boolean().optional(),
  serverSideDiff: z.boolean().optional(),
  cascade: z.boolean().optional(),
  serviceAccountName: objectName.optional(),
  imageUpdates: imageUpdates.optional(),
});

export const argocdSchema: PropertiesSchema<ArgocdProperties> = properties
  .refine(({ appProjects, project }) => appProjects !== true || project === undefined, {
    error: 'names a project that exists, and `appProjects` asks for others',
    path: ['project'],
  })
  .refine(({ appProjects, applicationSet }) => appProjects !== true || applicationSet !== true, {
    error: 'is not for an ApplicationSet: its Applications are in one project',
    path: ['appProjects'],
  })
  .refine(({ appProjects, serviceAccountName }) => serviceAccountName === undefined || appProjects === true, {
    error: 'stands in the AppProject of each Application, and wants `appProjects: true`',
    path: ['serviceAccountName'],
  })
  .refine(({ applicationSet, imageUpdates: updates }) => applicationSet !== true || updates === undefined, {
    error: 'is not for an ApplicationSet, whose Applications Image Updater does not find by name',
    path: ['imageUpdates'],
  });

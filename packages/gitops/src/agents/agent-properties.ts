import { StrakeError, type Agent, type Environment, type PropertiesSchema } from '@strake/core';
import { originOf, parseProperties } from '@strake/core/tools';
import { hash } from 'node:crypto';
import * as z from 'zod';

/** What every agent has to know of the GitOps repository, and how it treats what it finds there. */
export interface AgentProperties {
  /** URL of the GitOps repository as the cluster sees it, without credentials. */
  readonly url: string;
  /**
   * Branch that is synced.
   * @default 'main'
   */
  readonly branch?: string;
  /**
   * Folder of the Git repository that has the folders `environments` and `clusters`.
   * @default '.'
   */
  readonly path?: string;
  /**
   * Names of objects that exist already, by environment and application.
   * @default - `<application>.<environment>`
   */
  readonly names?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /**
   * Kinds of objects that the agent never deletes.
   * @default ['CustomResourceDefinition', 'Namespace', 'PersistentVolumeClaim']
   */
  readonly keep?: readonly string[];
  /**
   * Which applications are synced before an application: those that it calls, or only what applications share.
   * @default 'connections'
   */
  readonly order?: Agent['order'];
}

const NAME = /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/;
const LONGEST_LABEL = 63;
const DIGEST_LENGTH = 8;

/** The schemas of the properties that agents share, but for the URL. */
export const agentShape = {
  branch: z.string().min(1).optional(),
  path: z
    .string()
    .regex(/^(?!\/)(?!(?:.*\/)?\.\.(?:\/|$))[\w./@+-]+$/, 'is no folder below the root of the repository')
    .optional(),
  names: z.record(z.string(), z.record(z.string(), z.string().max(253).regex(NAME))).optional(),
  keep: z.array(z.string()).readonly().optional(),
  order: z.enum(['connections', 'platform']).optional(),
};

/** A name of a Kubernetes object. */
export const objectName: z.ZodString = z.string().max(253).regex(NAME, 'is no name of a Kubernetes object');

/** The schema of a reference to a Secret beside the agent's own objects. */
export const secretRef = z.strictObject({ name: objectName });

/** Whether a URL carries a user's password or a token, which would stand in Git. */
export function hasCredentials(url: string): boolean {
  return /^https?:\/\/[^/]*@/.test(url) || /^ssh:\/\/[^/@]*:[^/@]*@/.test(url);
}

/** Properties that passed their schema. What is wrong with them is thrown as findings. */
export function checkedProperties<Properties, Parsed>(
  schema: PropertiesSchema<Properties, Parsed>,
  given: Properties,
  agent: (properties: Properties) => Agent,
): Parsed {
  const parsed = parseProperties(schema, given, { definition: agent.name, origin: originOf(agent) });
  if (parsed.ok) return parsed.value;
  throw new StrakeError(parsed.findings(`agent/${agent.name}`));
}

/**
 * The name of what syncs an application. An environment's own objects have its name alone, which has no dot, so that the
 * two are never equal. Agents put names into labels, so long ones end in a digest of what tells them apart.
 */
export function syncName(
  { names }: Pick<AgentProperties, 'names'>,
  { name: environment }: Environment,
  application: string,
): string {
  const given = names?.[environment]?.[application];
  if (given !== undefined) return given;
  const name = `${application}.${environment}`;
  if (name.length <= LONGEST_LABEL) return name;
  const end = hash('sha256', name, 'hex').slice(0, DIGEST_LENGTH);
  return `${name.slice(0, LONGEST_LABEL - DIGEST_LENGTH - 1).replace(/[.-]+$/, '')}.${end}`;
}

/** A folder of the repository, as it is called from the root of the Git repository. */
export function pathInGit({ path = '.' }: Pick<AgentProperties, 'path'>, folder: string): string {
  const parts = [...path.split('/'), ...folder.split('/')].filter((part) => part !== '' && part !== '.');
  return parts.join('/');
}

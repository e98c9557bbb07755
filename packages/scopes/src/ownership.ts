import { defineScope, propertiesOf, type ApplicationScopeContext, type ScopeFactory } from '@strake/core';
import * as z from 'zod';
import { namespaceObject } from './namespace-object.ts';
import { ownerLabels, ownerMetadata } from './owner-metadata.ts';
import { writtenPods } from './written-pods.ts';

/** Who answers for an application. */
export interface Owner {
  /**
   * Name of the team.
   * @default - not known
   */
  readonly team?: string;
  /**
   * Whom its resources are charged to.
   * @default - not known
   */
  readonly costCenter?: string;
  /**
   * Where the team is reached: an address, a channel.
   * @default - not known
   */
  readonly contact?: string;
}

export interface OwnershipProperties {
  /** Owners by application. */
  readonly owners: Readonly<Record<string, Owner>>;
  /**
   * What must be known of the owner of every application.
   * @default ['team']
   */
  readonly required?: readonly (keyof Owner)[];
  /**
   * What labels and annotations begin with: `acme.example/team`.
   * @default 'strake.dev'
   */
  readonly prefix?: string;
}

const TEAM: readonly (keyof Owner)[] = ['team'];

const labelValue = z
  .string()
  .regex(/^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/, 'at most 63 letters, digits, `-`, `_` and `.`');

/**
 * Labels all that an application consists of, its pods too, with the team that answers for it and whom it is charged to.
 * The labels are locked: another value of a component or trait is a finding.
 *
 * @example
 * ownership({ owners: { cart: { team: 'shop', costCenter: 'cc-4711' } } })
 */
export const ownership: ScopeFactory<OwnershipProperties> = defineScope({
  name: 'ownership',
  package: '@strake/scopes',
  summary: 'Says which team answers for an application.',
  properties: propertiesOf<OwnershipProperties>()({
    owners: z
      .record(
        z.string().min(1),
        z.strictObject({
          team: labelValue.optional(),
          costCenter: labelValue.optional(),
          contact: z.string().trim().min(1).optional(),
        }),
      )
      .readonly(),
    required: z
      .array(z.enum(['team', 'costCenter', 'contact']))
      .readonly()
      .optional(),
    prefix: z
      .string()
      .max(253)
      .regex(/^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/, 'a domain such as `acme.example`')
      .optional(),
  }),
  application(context, { owners, required = TEAM, prefix = 'strake.dev' }) {
    const owner = owners[context.application] ?? {};
    reportUnknown(owner, required, context);
    const metadata = ownerMetadata(owner, prefix);
    for (const {
      apiVersion,
      kind,
      metadata: { name, namespace },
    } of context.objects())
      context.edit({ apiVersion, kind, name, namespace }).merge({ metadata }, { locked: true });
    const { labels } = metadata;
    for (const component of labels === undefined ? [] : context.components)
      writtenPods(component, context)?.template.merge({ metadata: { labels } }, { locked: true });
  },
  platform({ applications, namespaces, ensure }, { owners, prefix = 'strake.dev' }) {
    for (const namespace of namespaces) {
      const inhabitants = applications.filter((each) => each.namespace === namespace);
      const labels = ownerLabels(
        inhabitants.map(({ application }) => owners[application] ?? {}),
        prefix,
      );
      if (labels !== undefined) ensure(namespaceObject(namespace)).merge({ metadata: { labels } });
    }
  },
});

function reportUnknown(
  owner: Owner,
  required: readonly (keyof Owner)[],
  { application, report }: ApplicationScopeContext,
): void {
  const unknown = required.filter((each) => owner[each] === undefined).map((each) => `\`${each}\``);
  if (unknown.length === 0) return;
  report({
    code: 'owner-missing',
    path: application,
    written: `\`ownership\` does not say ${unknown.join(', ')} of \`${application}\``,
    allowed: `${required.map((each) => `\`${each}\``).join(', ')} for every application`,
    fix: `Add ${unknown.join(', ')} to \`owners\` under \`${application}\`.`,
  });
}

import type { TraitContext } from '@strake/core';
import * as z from 'zod';

/** What may be done with which objects (Kubernetes API: PolicyRule). */
export interface PolicyRuleProperties {
  /** `get`, `list`, `watch`, `create`, `update`, `patch`, `delete`, ... */
  readonly verbs: readonly string[];
  /**
   * Groups of the API.
   * @default [''], the core group
   */
  readonly apiGroups?: readonly string[];
  /** Plural names of kinds: `configmaps`, `deployments/scale`. */
  readonly resources: readonly string[];
  /**
   * Names of single objects.
   * @default - all
   */
  readonly resourceNames?: readonly string[];
}

/** What may be done in the whole cluster. */
export interface ClusterRuleProperties extends Partial<PolicyRuleProperties> {
  readonly verbs: readonly string[];
  /**
   * Paths that are no objects: `/metrics`. Instead of `resources`.
   * @default - none
   */
  readonly nonResourceURLs?: readonly string[];
}

const word = z.array(z.string().min(1)).min(1).readonly();
const groups = z.array(z.string()).min(1).readonly().optional();

/** The schema of rules in the namespace. */
export const policyRulesSchema = z
  .array(z.strictObject({ verbs: word, apiGroups: groups, resources: word, resourceNames: word.optional() }))
  .min(1)
  .readonly();

/** The schema of rules in the cluster. */
export const clusterRulesSchema = z
  .array(
    z
      .strictObject({
        verbs: word,
        apiGroups: groups,
        resources: word.optional(),
        resourceNames: word.optional(),
        nonResourceURLs: word.optional(),
      })
      .refine(
        ({ resources, nonResourceURLs }) => (resources === undefined) !== (nonResourceURLs === undefined),
        'exactly one of `resources` and `nonResourceURLs`',
      ),
  )
  .min(1)
  .readonly();

type Rules = z.output<typeof clusterRulesSchema>;

const API_GROUP = 'rbac.authorization.k8s.io';

/** A role and its binding to a service account, in the namespace or in the cluster. */
export function roleObjects(
  { kind, name }: { readonly kind: 'Role' | 'ClusterRole'; readonly name: string },
  rules: Rules,
  account: { readonly name: string; readonly namespace: string },
) {
  const apiVersion = `${API_GROUP}/v1`;
  const metadata = { name };
  const written = rules.map(({ apiGroups, ...rule }) =>
    rule.resources === undefined ? rule : { ...rule, apiGroups: apiGroups ?? [''] },
  );
  const subjects = [{ kind: 'ServiceAccount', ...account }];
  return [
    { apiVersion, kind, metadata, rules: written },
    { apiVersion, kind: `${kind}Binding`, metadata, roleRef: { apiGroup: API_GROUP, kind, name }, subjects },
  ];
}

/** What there is to say about rules that allow whatever there is, now or later. */
export function unboundedRules(rules: Rules): Parameters<TraitContext['report']>[0][] {
  return rules
    .filter(({ verbs, resources = [], apiGroups = [] }) =>
      [...verbs, ...resources, ...apiGroups].includes('*'),
    )
    .map(({ verbs }) => ({
      code: 'property-invalid',
      severity: 'warning',
      written: `\`*\` in a rule of \`serviceAccount\` for ${verbs.join(', ')}`,
      allowed: 'verbs, groups and resources by name: `*` means those of later versions too',
      fix: 'Name what the component needs.',
    }));
}

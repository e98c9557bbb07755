import { defineTrait, Pods, propertiesOf, type TraitFactory } from '@strake/core';
import * as z from 'zod';
import { labelKey } from './labels.ts';
import { objectName } from './object-name.ts';
import type { ClusterRuleProperties, PolicyRuleProperties } from './rbac.ts';
import { clusterRulesSchema, policyRulesSchema, roleObjects, unboundedRules } from './rbac.ts';

export interface ServiceAccountProperties {
  /**
   * Name of the service account.
   * @default - the component's name
   */
  readonly name?: string;
  /**
   * Whether it is made here; else it exists already.
   * @default true
   */
  readonly create?: boolean;
  /**
   * Annotations of the service account, by which clouds give it rights of their own.
   * @default - none
   */
  readonly annotations?: Readonly<Record<string, string>>;
  /**
   * What it may do in its namespace: a Role and a RoleBinding.
   * @default - nothing
   */
  readonly rules?: readonly PolicyRuleProperties[];
  /**
   * What it may do in the whole cluster: a ClusterRole and a ClusterRoleBinding. Beside `allowClusterRules` only.
   * @default - nothing
   */
  readonly clusterRules?: readonly ClusterRuleProperties[];
  /**
   * Whether `clusterRules` are allowed: they reach into the namespaces of others.
   * @default false
   */
  readonly allowClusterRules?: boolean;
  /**
   * Whether pods get a token by which the API server knows them; with 'as-account' the pods do not say, and the service
   * account does.
   * @default - true where there are rules or the service account exists already, else false
   */
  readonly automountServiceAccountToken?: boolean | 'as-account';
}

/**
 * Gives pods an identity of their own and says what it may do (Kubernetes API: ServiceAccount, RBAC).
 *
 * @example
 * serviceAccount({ rules: [{ apiGroups: [''], resources: ['configmaps'], verbs: ['get'] }] })
 */
export const serviceAccount: TraitFactory<ServiceAccountProperties, 'pods'> = defineTrait({
  name: 'service-account',
  package: '@strake/traits',
  summary: 'Gives pods an identity of their own and says what it may do.',
  properties: propertiesOf<ServiceAccountProperties>()({
    name: objectName.optional(),
    create: z.boolean().optional(),
    annotations: z.record(labelKey, z.string()).readonly().optional(),
    rules: policyRulesSchema.optional(),
    clusterRules: clusterRulesSchema.optional(),
    allowClusterRules: z.boolean().optional(),
    automountServiceAccountToken: z.union([z.boolean(), z.literal('as-account')]).optional(),
  })
    .refine(
      ({ clusterRules, allowClusterRules }) => clusterRules === undefined || allowClusterRules === true,
      {
        path: ['allowClusterRules'],
        error: 'true beside `clusterRules`, which reach beyond the namespace',
      },
    )
    .refine(
      ({ create = true, name, annotations }) => create || (name !== undefined && annotations === undefined),
      { path: ['create'], error: 'a `name` and no `annotations` where the service account exists already' },
    ),
  needs: [Pods],
  apply({ edit, create, report, component, namespace, pods }, { rules = [], clusterRules = [], ...given }) {
    const { name = component.name, annotations, create: isMade = true } = given;
    const isUsed = !isMade || rules.length + clusterRules.length > 0;
    const { automountServiceAccountToken: token = isUsed } = given;
    const automountServiceAccountToken = token === 'as-account' ? undefined : token;
    edit(pods.workload)
      .at(pods.template)
      .merge({ spec: { serviceAccountName: name, automountServiceAccountToken } });
    if (isMade) create({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, annotations } });
    const account = { name, namespace };
    // A namespace has no dots in its name, so no other component of the cluster comes to the same name.
    const inCluster = { kind: 'ClusterRole', name: `${namespace}.${component.name}` } as const;
    const inNamespace = { kind: 'Role', name: component.name } as const;
    if (rules.length > 0) for (const each of roleObjects(inNamespace, rules, account)) create(each);
    if (clusterRules.length > 0)
      for (const each of roleObjects(inCluster, clusterRules, account)) create(each);
    for (const problem of unboundedRules([...rules, ...clusterRules])) report(problem);
  },
});

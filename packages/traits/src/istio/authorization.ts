import { defineTrait, Exposed, Pods, propertiesOf, type JsonObject, type TraitFactory } from '@strake/core';
import * as z from 'zod';
import { hasEntry } from '../has-entry.ts';
import { accessRulesSchema, type AccessRuleProperties } from './access-rule.ts';
import { namespacesOf } from './callers.ts';
import { checkedRules, optionalTokens } from './checked-rules.ts';
import { namedPorts, podPorts } from './pod-ports.ts';
import { tokenRulesSchema, type TokenRuleProperties } from './token-rule.ts';

export interface AuthorizationProperties {
  /**
   * Who may do what: nobody else may do anything. An empty list lets nobody in. Namespaces that it names are let in by
   * the network too.
   * @default - everybody may do everything, unless the mesh says otherwise
   */
  readonly allow?: readonly AccessRuleProperties[];
  /**
   * Who may not do what, whatever `allow` says.
   * @default - nothing is forbidden
   */
  readonly deny?: readonly AccessRuleProperties[];
  /**
   * Tokens that are checked where a request brings one.
   * @default - tokens are not looked at
   */
  readonly jwt?: readonly TokenRuleProperties[];
  /**
   * Where it is enforced: at the pods, which in ambient mode know neither requests nor tokens, or at the waypoint of the
   * Service.
   * @default 'pods'
   */
  readonly enforcedAt?: 'pods' | 'waypoint';
}

/**
 * Says who may call a component in an Istio mesh (istio.io: AuthorizationPolicy and RequestAuthentication). It takes the
 * place of what a mesh with `authorization: 'namespaces'` says about the component: both at once are a finding.
 *
 * @example
 * authorization({ allow: [{ from: [{ namespaces: ['istio-ingress'] }], methods: ['GET'], paths: ['/api/*'] }] })
 */
export const authorization: TraitFactory<AuthorizationProperties, 'exposed' | 'pods'> = defineTrait({
  name: 'authorization',
  package: '@strake/traits',
  summary: 'Says who may call a component in an Istio mesh.',
  properties: propertiesOf<AuthorizationProperties>()({
    allow: accessRulesSchema.optional(),
    deny: accessRulesSchema.refine(({ length }) => length > 0, 'at least one rule').optional(),
    jwt: tokenRulesSchema.optional(),
    enforcedAt: z.enum(['pods', 'waypoint']).optional(),
  }).refine(
    ({ allow, deny, jwt }) => hasEntry({ allow, deny, jwt }),
    'at least one of `allow`, `deny` and `jwt`',
  ),
  needs: [Exposed, Pods],
  apply(target, { allow, deny, jwt, enforcedAt = 'pods' }) {
    const { create, admit, report, component, namespace, exposed, pods } = target;
    const ports = podPorts(target, pods);
    const service = { group: '', kind: 'Service', name: exposed.service.name };
    const where =
      enforcedAt === 'pods' ? { selector: { matchLabels: pods.labels } } : { targetRefs: [service] };
    const make = (kind: string, name: string, spec: JsonObject) =>
      create({
        apiVersion: 'security.istio.io/v1',
        kind,
        metadata: { name },
        spec: { ...where, ...spec },
      });
    for (const action of ['allow', 'deny'] as const) {
      const given = action === 'allow' ? allow : deny;
      if (given === undefined) continue;
      const { rules, problems } = checkedRules(given, { action, ports, exposed: exposed.ports });
      for (const problem of problems) report(problem);
      const name = action === 'allow' ? component.name : `${component.name}-deny`;
      make('AuthorizationPolicy', name, {
        action: action.toUpperCase(),
        rules: rules.length === 0 ? undefined : rules,
      });
    }
    if (jwt) {
      for (const warning of optionalTokens(allow)) report(warning);
      make('RequestAuthentication', component.name, { jwtRules: jwt });
    }
    for (const rule of allow ?? []) {
      const called = namedPorts(rule.ports ?? [], ports, 'authorization').numbers;
      const callers = new Set((rule.from ?? []).flatMap(namespacesOf));
      for (const caller of [...callers].filter((each) => each !== namespace)) {
        if (called.length === 0) admit({ namespace: caller });
        for (const port of called) admit({ namespace: caller, port });
      }
    }
  },
});

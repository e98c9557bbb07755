import type { ExposedPort, JsonObject, TraitContext } from '@strake/core';
import type { ContainerPorts } from '../container-ports.ts';
import { accessRule, httpConditions, type AccessRules } from './access-rule.ts';
import { namedPorts } from './pod-ports.ts';
import { isHttp } from '../http-ports.ts';

type Problem = Parameters<TraitContext['report']>[0];

/** Rules of one action, as Istio writes them, and what is wrong with them. */
export interface CheckedRules {
  readonly rules: readonly JsonObject[];
  readonly problems: readonly Problem[];
}

/** What the rules are about. */
export interface RuledPorts {
  readonly action: 'allow' | 'deny';
  readonly ports: ContainerPorts;
  readonly exposed: readonly ExposedPort[];
}

/** Rules whose ports are there, and what is wrong with the others. */
export function checkedRules(given: AccessRules, about: RuledPorts): CheckedRules {
  const checked = given.map((rule) => {
    const { numbers, problems } = namedPorts(rule.ports ?? [], about.ports, 'authorization');
    return problems.length > 0
      ? { rules: [], problems }
      : { rules: [accessRule(rule, numbers)], problems: unreadableConditions(rule, numbers, about) };
  });
  return {
    rules: checked.flatMap(({ rules }) => rules),
    problems: checked.flatMap(({ problems }) => problems),
  };
}

/** Conditions on HTTP requests for ports whose contents the mesh does not read. */
function unreadableConditions(
  rule: AccessRules[number],
  numbers: readonly number[],
  { action, exposed }: RuledPorts,
): Problem[] {
  const conditions = httpConditions(rule).map((name) => `\`${name}\``);
  const opaque = exposed.filter((each) => numbers.includes(each.containerPort) && !isHttp(each));
  if (conditions.length === 0 || opaque.length === 0) return [];
  const names = opaque.map(({ name }) => `\`${name}\``).join(', ');
  const outcome =
    action === 'allow' ? 'never fulfils such a rule' : 'refuses every call, whatever the rule says';
  return [
    {
      code: 'property-invalid',
      severity: 'warning',
      written: `${conditions.join(', ')} in \`${action}\` of \`authorization\` for ${names}, where no HTTP is spoken`,
      allowed: `\`from\` and \`ports\` only: there, Istio ${outcome}`,
      fix: 'Give the port a rule of its own.',
    },
  ];
}

/** What there is to say about tokens that are checked and not demanded: a request without one passes. */
export function optionalTokens(allow: AccessRules = []): Problem[] {
  const isDemanded = allow.some(({ from = [] }) => from.some((each) => each.requestPrincipals !== undefined));
  if (isDemanded) return [];
  return [
    {
      code: 'property-invalid',
      severity: 'warning',
      written: '`jwt` of `authorization` where no rule of `allow` has `requestPrincipals`',
      allowed: 'rules that demand a token: Istio refuses wrong ones, and lets requests without one pass',
      fix: "Give `allow: [{ from: [{ requestPrincipals: ['*'] }] }]`.",
    },
  ];
}

import { finding, type Finding, type Severity } from './finding.ts';
import type { ObjectPlace, Rule, RuleFinding } from './rule.ts';
import { waiverText } from './waiver-text.ts';
import { identityText } from './writes/problem.ts';

/** What a rule says about an object, as a finding. */
export function ruleFinding(
  rule: Rule,
  severity: Severity,
  { application, environment, object, origin, path }: ObjectPlace,
  { written, allowed = rule.summary, fix = rule.fix }: Omit<RuleFinding<unknown>, 'at'>,
): Finding {
  const said = finding({
    code: `rule/${rule.code}`,
    severity,
    path,
    origins: [origin],
    written: `${identityText(object)}: ${written}`,
    allowed,
    fix,
    object: objectText(object),
    waive: waiverText(rule.code, { application, object: objectText(object) }),
  });
  return { ...said, environments: [environment.name] };
}

/** Kind and name of an object, as waivers name it: `Deployment/web`. */
export function objectText({ kind, name }: ObjectPlace['object']): string {
  return `${kind}/${name}`;
}

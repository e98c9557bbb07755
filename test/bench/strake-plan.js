import { recommended } from '@strake/checks';
import { schemaCheck } from '@strake/checks/schemas';
import { renderEach } from '@strake/core';
import { checkRules } from '@strake/core/tools';
import { plan } from '@strake/gitops';
import { strakeConfig } from './strake-project.js';

/** What `strake synth --no-check` does up to the write, except that no configuration file is loaded. */
export function strakePlan(applications, environments) {
  const config = strakeConfig(applications, environments);
  const findings = [];
  const rendered = renderEach(config, { inputs: new Map() }, (each) => findings.push(each));
  return planned(config, rendered, findings);
}

/** What `strake synth` does: the same with schemas and rules. */
export async function checkedPlan(applications, environments) {
  const config = strakeConfig(applications, environments);
  const findings = [];
  const report = (each) => findings.push(each);
  const schemas = await schemaCheck({
    kubernetes: config.platform.environments.map(({ kubernetes }) => kubernetes),
    writersOf: (manifest, steps) => manifest.writersOf(steps),
  });
  const rules = checkRules({ platform: config.platform, recommended, today: '2026-01-01' });
  const rendered = renderEach(config, { inputs: new Map() }, report);
  return planned(config, checked(rendered, schemas, rules, report), findings);
}

function* checked(rendered, schemas, rules, report) {
  for (const each of rendered) {
    schemas(each, report);
    rules.application(each, report);
    yield each;
  }
  rules.end(report);
}

function planned(config, rendered, findings) {
  const result = plan(config.project, rendered, { whole: true });
  refuseErrors([...findings, ...result.findings]);
  return result;
}

export function refuseErrors(findings) {
  const errors = findings.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new Error(`the bench project has findings: ${JSON.stringify(errors[0])}`);
}

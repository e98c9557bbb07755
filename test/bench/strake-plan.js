import process from 'node:process';
import { setFlagsFromString } from 'node:v8';
import { renderEach } from '@strake/core';
import { checkRules } from '@strake/core/tools';
import { plan } from '@strake/gitops';
import { strakeConfig } from './strake-project.js';

/** What `strake synth --no-check` does up to the write, except that no configuration file is loaded. */
export function strakePlan(applications, environments) {
  const config = benchConfig(applications, environments);
  const findings = [];
  const rendered = renderEach(config, { inputs: new Map() }, (each) => findings.push(each));
  return planned(config, rendered, findings);
}

/** What `strake synth` does: the same with schemas and rules. */
export async function checkedPlan(applications, environments) {
  const [{ recommended }, { schemaCheck }] = await Promise.all([
    import('@strake/checks'),
    import('@strake/checks/schemas'),
  ]);
  const config = benchConfig(applications, environments);
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

/** The configuration, with V8 set as the command sets it for that many renders. */
function benchConfig(applications, environments) {
  const isOld = Number.parseInt(process.versions.node, 10) <= 20;
  if (isOld && applications * environments >= 100) setFlagsFromString('--semi-space-growth-factor=8');
  return strakeConfig(applications, environments);
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

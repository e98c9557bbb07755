import { renderEach } from '@strake/core';
import { plan } from '@strake/gitops';
import { strakeConfig } from './strake-project.js';

/** What `strake synth` does up to the write, except that no configuration file is loaded. */
export function strakePlan(applications, environments) {
  const config = strakeConfig(applications, environments);
  const findings = [];
  const rendered = renderEach(config, { inputs: new Map() }, (each) => findings.push(each));
  const planned = plan(config.project, rendered, { whole: true });
  refuseErrors([...findings, ...planned.findings]);
  return planned;
}

export function refuseErrors(findings) {
  const errors = findings.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new Error(`the bench project has findings: ${JSON.stringify(errors[0])}`);
}

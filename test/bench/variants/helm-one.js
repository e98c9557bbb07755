import { mkdirSync, writeFileSync } from 'node:fs';
import { applicationName, ENVIRONMENTS } from '../fleet.js';
import { chartFile, writeChart } from '../tools/helm-chart.js';
import { runTool } from '../tools/run-tool.js';

export function prepare({ applications, environments, out }) {
  mkdirSync(`${out}/fleet`, { recursive: true });
  writeFileSync(`${out}/fleet/Chart.yaml`, chartFile('fleet'));
  for (const environment of ENVIRONMENTS.slice(0, environments)) {
    for (let index = 0; index < applications; index++) {
      const name = `${environment}-${applicationName(index)}`;
      writeChart(`${out}/fleet/charts/${name}`, index, { applications, environment, name });
    }
  }
}

/** One `helm template` for everything: a chart with a subchart for every application and environment. */
export function run({ out }) {
  return runTool('helm', [['template', 'fleet', `${out}/fleet`, '--output-dir', `${out}/rendered`]]);
}

import { writeFileSync } from 'node:fs';
import { emit } from '../../tmp-bench/emit.js';
import { applicationName, ENVIRONMENTS } from '../fleet.js';
import { folderOf } from '../floor-files.js';
import { valuesOf, writeChart } from '../tools/helm-chart.js';
import { runTool } from '../tools/run-tool.js';

export function prepare({ applications, environments, out }) {
  for (let index = 0; index < applications; index++) {
    const chart = `${out}/charts/${applicationName(index)}`;
    writeChart(chart, index, { applications, environment: ENVIRONMENTS[0] });
    for (const environment of ENVIRONMENTS.slice(0, environments)) {
      writeFileSync(`${chart}/values-${environment}.yaml`, emit(valuesOf(index, environment)));
    }
  }
}

/** One `helm template` for every application and environment. */
export function run({ applications, environments, out }) {
  const commands = ENVIRONMENTS.slice(0, environments).flatMap((environment) =>
    Array.from({ length: applications }, (_, index) => {
      const application = applicationName(index);
      const chart = `${out}/charts/${application}`;
      const values = `${chart}/values-${environment}.yaml`;
      const folder = folderOf({ environment, application }, out);
      return ['template', application, chart, '--values', values, '--output-dir', folder];
    }),
  );
  return runTool('helm', commands);
}

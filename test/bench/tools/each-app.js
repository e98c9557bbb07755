import { mkdirSync } from 'node:fs';
import { App, Chart, YamlOutputType } from 'cdk8s';
import { applicationName, ENVIRONMENTS } from '../fleet.js';
import { folderOf } from '../floor-files.js';

/** One cdk8s App for every application and environment, as its users split them: one App for all grows quadratically. */
export function synthEach({ applications, environments, out }, build) {
  for (const environment of ENVIRONMENTS.slice(0, environments)) {
    for (let index = 0; index < applications; index++) {
      const application = applicationName(index);
      const outdir = folderOf({ environment, application }, out);
      mkdirSync(outdir, { recursive: true });
      const app = new App({ outdir, yamlOutputType: YamlOutputType.FILE_PER_RESOURCE });
      build(new Chart(app, application, { namespace: application }), index, environment);
      app.synth();
    }
  }
}

import { emit } from '../tmp-bench/emit.js';
import { applicationName, ENVIRONMENTS } from './fleet.js';
import { factsOf, objectsOf } from './objects.js';

/** The files of every application in every environment, one application after the other. */
export function* filesOf(applications, environments, format = emit) {
  for (const environment of ENVIRONMENTS.slice(0, environments)) {
    for (let index = 0; index < applications; index++) {
      const files = objectsOf(index, applications, environment).map((object) => [
        fileName(object),
        format(object),
      ]);
      const names = files.map(([name]) => name);
      files.push(['kustomization.yaml', format(kustomization(names))]);
      files.push(['strake.facts.json', `${JSON.stringify(factsOf(index), null, 2)}\n`]);
      yield { environment, application: applicationName(index), files };
    }
  }
}

export function folderOf({ environment, application }, out) {
  return `${out}/environments/${environment}/${application}`;
}

export function fileName({ kind, metadata }) {
  return `${kind.toLowerCase()}-${metadata.name}.yaml`;
}

export function kustomization(files) {
  return {
    apiVersion: 'kustomize.config.k8s.io/v1beta1',
    kind: 'Kustomization',
    resources: files.toSorted(),
  };
}

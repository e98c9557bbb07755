import { mkdirSync, writeFileSync } from 'node:fs';
import { emit } from '../../tmp-bench/emit.js';
import { applicationName, ENVIRONMENTS, SIZES } from '../fleet.js';
import { fileName, kustomization } from '../floor-files.js';
import { objectsOf } from '../objects.js';

/** A base for every application, and for every environment an overlay of each with two patches. */
export function writeTree({ applications, environments, out }) {
  for (let index = 0; index < applications; index++) {
    const objects = objectsOf(index, applications, ENVIRONMENTS[0]);
    const files = objects.map((object) => [fileName(object), object]);
    writeFolder(`${out}/base/${applicationName(index)}`, [
      ...files,
      ['kustomization.yaml', kustomization(files.map(([name]) => name))],
    ]);
    for (const environment of ENVIRONMENTS.slice(0, environments)) writeOverlay(index, environment, out);
  }
  for (const environment of ENVIRONMENTS.slice(0, environments)) {
    const overlays = Array.from({ length: applications }, (_, index) => applicationName(index));
    writeFolder(`${out}/overlays/${environment}`, [['kustomization.yaml', kustomization(overlays)]]);
  }
}

function writeOverlay(index, environment, out) {
  const application = applicationName(index);
  const metadata = { name: 'web', namespace: application };
  const { requests, limits, replicas } = SIZES[environment];
  const containers = [{ name: 'web', resources: { requests, limits } }];
  writeFolder(`${out}/overlays/${environment}/${application}`, [
    [
      'resources.yaml',
      { apiVersion: 'apps/v1', kind: 'Deployment', metadata, spec: { template: { spec: { containers } } } },
    ],
    [
      'replicas.yaml',
      {
        apiVersion: 'autoscaling/v2',
        kind: 'HorizontalPodAutoscaler',
        metadata,
        spec: { minReplicas: replicas.min, maxReplicas: replicas.max },
      },
    ],
    [
      'kustomization.yaml',
      {
        ...kustomization([`../../../base/${application}`]),
        patches: [{ path: 'resources.yaml' }, { path: 'replicas.yaml' }],
      },
    ],
  ]);
}

function writeFolder(folder, files) {
  mkdirSync(folder, { recursive: true });
  for (const [name, object] of files) writeFileSync(`${folder}/${name}`, emit(object));
}

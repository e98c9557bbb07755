import { mkdirSync, writeFileSync } from 'node:fs';
import { emit } from '../../tmp-bench/emit.js';
import { applicationName, SIZES } from '../fleet.js';
import { fileName } from '../floor-files.js';
import { objectsOf } from '../objects.js';

/** A chart with a template for every object; what differs between environments or releases is a value. */
export function writeChart(folder, index, { applications, environment, name = applicationName(index) }) {
  const application = applicationName(index);
  mkdirSync(`${folder}/templates`, { recursive: true });
  writeFileSync(`${folder}/Chart.yaml`, chartFile(name));
  writeFileSync(`${folder}/values.yaml`, emit(valuesOf(index, environment)));
  for (const object of objectsOf(index, applications, environment)) {
    writeFileSync(`${folder}/templates/${fileName(object)}`, templateOf(emit(object), application));
  }
}

export function chartFile(name) {
  return emit({ apiVersion: 'v2', name, version: '1.0.0' });
}

export function valuesOf(index, environment) {
  const { replicas, requests, limits } = SIZES[environment];
  return {
    application: applicationName(index),
    tag: `1.4.${index}`,
    replicas,
    resources: { requests, limits },
  };
}

function templateOf(yaml, application) {
  return yaml
    .replaceAll(new RegExp(`\\b${application}$`, 'gm'), '{{ .Values.application }}')
    .replaceAll(new RegExp(`${application}:1\\.4\\.\\d+`, 'g'), '{{ .Values.application }}:{{ .Values.tag }}')
    .replace(/minReplicas: .+/, 'minReplicas: {{ .Values.replicas.min }}')
    .replace(/maxReplicas: .+/, 'maxReplicas: {{ .Values.replicas.max }}')
    .replace(
      /^( +)resources:\n(?:\1 +.+\n)+(?= +readinessProbe| +volumeMounts| +livenessProbe)/m,
      (_, indent) => `${indent}resources: {{- toYaml .Values.resources | nindent ${indent.length + 2} }}\n`,
    );
}

import { defineRule } from '@strake/core';
import { podsOf } from './pods.ts';
import { mapsAt, numberAt, repeated, textAt, valueAt } from './reading.ts';

const FROM = { package: '@strake/checks' } as const;

/** The containers of a pod have different names. */
export const uniqueContainerName = defineRule({
  ...FROM,
  code: 'unique-container-name',
  summary: 'a name of its own for every container of a pod',
  why: 'The API server refuses a pod in which two containers have one name.',
  fix: 'Rename one of the containers.',
  severity: 'error',
  check(target, report) {
    for (const { object, containers } of podsOf(target)) {
      if (containers.length < 2) continue;
      const values = containers.map(({ value }) => value);
      for (const name of repeated(values, 'name'))
        report({ at: object, written: `two containers are called \`${name}\`` });
    }
  },
});

/** The ports of a pod's containers have different names. */
export const uniqueContainerPortName = defineRule({
  ...FROM,
  code: 'unique-container-port-name',
  summary: 'a name of its own for every port of a pod',
  why: 'Who calls a port by its name, such as a Service, gets one of the two.',
  fix: 'Rename one of the ports.',
  severity: 'error',
  check(target, report) {
    for (const { object, containers } of podsOf(target)) {
      const ports = containers.flatMap((each) => each.ports);
      for (const name of repeated(ports, 'name'))
        report({ at: object, written: `two ports are called \`${name}\`` });
    }
  },
});

/** Every port of a container has a name. */
export const requireContainerPortName = defineRule({
  ...FROM,
  code: 'require-container-port-name',
  summary: 'a name for every port of a container',
  why: 'A port without a name is referred to by number, which then stands in many places.',
  fix: 'Give the port a name.',
  severity: 'warning',
  check(target, report) {
    for (const { object, containers } of podsOf(target)) {
      for (const { name, ports } of containers) {
        for (const port of ports) {
          if (textAt(port, 'name') !== undefined) continue;
          const number = numberAt(port, 'containerPort') ?? '?';
          report({ at: object, written: `port ${number} of the container \`${name}\` has no name` });
        }
      }
    }
  },
});

/** Every container says how much memory and CPU it asks for. */
export const requireContainerResources = defineRule({
  ...FROM,
  code: 'require-container-resources',
  summary: 'requests of CPU and memory for every container',
  why: 'The scheduler takes the container for one that needs nothing, and it is the first to be evicted.',
  fix: 'Attach `resources({ requests: { cpu, memory } })`.',
  severity: 'warning',
  check(target, report) {
    for (const { object, spec, containers } of podsOf(target)) {
      for (const { name, value } of containers) {
        const missing = ['cpu', 'memory'].filter(
          (each) =>
            ['requests', 'limits'].every((kind) => valueAt(value, 'resources', kind, each) === undefined) &&
            valueAt(spec, 'resources', 'requests', each) === undefined,
        );
        if (missing.length === 0) continue;
        report({ at: object, written: `the container \`${name}\` requests no ${missing.join(' and no ')}` });
      }
    }
  },
});

/** Every volume that a container mounts is one of the pod's. */
export const noMissingPodVolumeMount = defineRule({
  ...FROM,
  code: 'no-missing-pod-volume-mount',
  summary: 'mounts of volumes that the pod has',
  why: 'The API server refuses a pod that mounts a volume which it does not have.',
  fix: 'Add the volume to the pod, or remove the mount.',
  severity: 'error',
  check(target, report) {
    for (const { object, spec, containers } of podsOf(target)) {
      const volumes = new Set(mapsAt(spec, 'volumes').map((each) => textAt(each, 'name')));
      for (const each of mapsAt(object, 'spec', 'volumeClaimTemplates'))
        volumes.add(textAt(each, 'metadata', 'name'));
      for (const { name, value } of containers) {
        for (const mount of [...mapsAt(value, 'volumeMounts'), ...mapsAt(value, 'volumeDevices')]) {
          const volume = textAt(mount, 'name') ?? '?';
          if (volumes.has(volume)) continue;
          report({
            at: object,
            written: `the container \`${name}\` mounts \`${volume}\`, which is no volume`,
          });
        }
      }
    }
  },
});

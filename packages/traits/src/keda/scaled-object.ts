import { defineTrait, Pods, Scalable, type TraitFactory } from '@strake/core';
import { containerResources } from '../container-resources.ts';
import { replicas } from '../replicas.ts';
import { resources } from '../resources.ts';
import { authenticationSpec } from './authentication.ts';
import { scaledObjectSchema, type ScaledObjectProperties } from './scaled-object-properties.ts';
import { advancedOf } from './scaling-options.ts';
import { scalingProblems } from './scaling-problems.ts';
import { isByUse, triggerOf } from './triggers.ts';

/**
 * Lets KEDA choose the number of pods by events (keda.sh: ScaledObject and TriggerAuthentication). It excludes
 * `autoscale`, since KEDA makes an autoscaler of its own.
 *
 * @example
 * scaledObject({
 *   maxReplicaCount: 10,
 *   triggers: [
 *     {
 *       type: 'cron',
 *       metadata: { timezone: 'Europe/Berlin', start: '0 8 * * 1-5', end: '0 18 * * 1-5', desiredReplicas: 5 },
 *     },
 *   ],
 * })
 */
export const scaledObject: TraitFactory<ScaledObjectProperties, 'scalable' | 'pods'> = defineTrait({
  name: 'scaled-object',
  package: '@strake/traits',
  summary: 'Lets KEDA choose the number of pods by events.',
  properties: scaledObjectSchema,
  needs: [Scalable, Pods],
  absorbs: { replicas },
  knows: { resources },
  conflictsWith: { autoscale: 'KEDA makes an autoscaler of its own' },
  apply({ edit, create, report, component, scalable: { workload }, pods, absorbed, known }, properties) {
    const { triggers = [], otherTriggers = [], behavior, scalingModifiers, ...rest } = properties;
    const { restoreToOriginalReplicaCount, minReplicaCount, fallback, ...counts } = rest;
    const all = [...triggers, ...otherTriggers];
    const least = minReplicaCount ?? absorbed.replicas?.count ?? (all.every(isByUse) ? 1 : 0);
    const written = edit(pods.workload)
      .at(pods.template)
      .read(['spec', 'containers', pods.container, 'resources']);
    const requests = { ...containerResources(written).requests, ...known.resources?.requests };
    for (const problem of scalingProblems(properties, least, requests)) report(problem);
    const writing = {
      container: pods.container,
      authenticationName: (index: number) => `${component.name}-${all[index]?.name ?? index}`,
    };
    edit(workload).delegate('spec.replicas', { to: 'KEDA' });
    for (const [index, trigger] of all.entries()) {
      if (isByUse(trigger) || trigger.authentication === undefined) continue;
      create({
        apiVersion: API_VERSION,
        kind: 'TriggerAuthentication',
        metadata: { name: writing.authenticationName(index) },
        spec: authenticationSpec(trigger.authentication, pods.container),
      });
    }
    create({
      apiVersion: API_VERSION,
      kind: 'ScaledObject',
      metadata: { name: component.name },
      spec: {
        scaleTargetRef: {
          apiVersion: workload.apiVersion,
          kind: workload.kind,
          name: workload.name,
          envSourceContainerName: pods.container,
        },
        minReplicaCount: least,
        ...counts,
        fallback: fallback && { ...fallback },
        advanced: advancedOf({ behavior, scalingModifiers, restoreToOriginalReplicaCount }),
        triggers: all.map((trigger, index) => triggerOf(trigger, index, writing)),
      },
    });
  },
});

const API_VERSION = 'keda.sh/v1alpha1';

import type { Rule } from '@strake/core';
import {
  noMissingScaleTarget,
  noReplicasWithHpa,
  uniqueScaleTarget,
  validHpaReplicas,
} from './autoscalers.ts';
import { noBlockingBudget, noMissingBudgetPods, noOverlappingBudget } from './budgets.ts';
import { noMissingPodVolumeMount, uniqueContainerName, uniqueContainerPortName } from './containers.ts';
import { noEmptyField } from './empty-fields.ts';
import { requireEnvName, uniqueEnvName } from './env.ts';
import { noHelmHook } from './helm-hooks.ts';
import { requireContainerImage, requireImageTag } from './images.ts';
import { validMeshPortName } from './mesh.ts';
import { requireNamespace } from './namespaces.ts';
import {
  noMissingConfigMap,
  noMissingPvc,
  noMissingSecret,
  noMissingServiceAccount,
} from './pod-references.ts';
import { validProbePort } from './probes.ts';
import { noBroadBinding, noBroadRole, noMissingRole } from './rbac.ts';
import { validCronJobSchedule } from './schedules.ts';
import { noSecretInConfigMap, noSecretInEnv } from './secrets.ts';
import { noHostAccess } from './security.ts';
import { noOverlappingSelector, validPodSelector } from './selectors.ts';
import { noMissingServicePods } from './service-pods.ts';
import { noMissingService } from './service-references.ts';
import { requireServicePortName, requireServiceSelector, uniqueServicePortName } from './services.ts';
import { uniqueObject } from './unique-object.ts';

/**
 * The rules that hold where no platform says otherwise: what breaks or leaks for certain is an error; what breaks unless
 * somebody else makes the missing part, and what is dangerous, is a warning.
 */
export const recommended: readonly Rule[] = [
  noBlockingBudget,
  noBroadBinding,
  noBroadRole,
  noEmptyField,
  noHelmHook,
  noHostAccess,
  noMissingBudgetPods,
  noMissingConfigMap,
  noMissingPodVolumeMount,
  noMissingPvc,
  noMissingRole,
  noMissingScaleTarget,
  noMissingSecret,
  noMissingService,
  noMissingServiceAccount,
  noMissingServicePods,
  noOverlappingBudget,
  noOverlappingSelector,
  noReplicasWithHpa,
  noSecretInConfigMap,
  noSecretInEnv,
  requireContainerImage,
  requireEnvName,
  requireImageTag,
  requireNamespace,
  requireServicePortName,
  requireServiceSelector,
  uniqueContainerName,
  uniqueContainerPortName,
  uniqueEnvName,
  uniqueObject,
  uniqueScaleTarget,
  uniqueServicePortName,
  validCronJobSchedule,
  validHpaReplicas,
  validMeshPortName,
  validPodSelector,
  validProbePort,
];

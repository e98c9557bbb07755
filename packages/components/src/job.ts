import type { Component, JsonObject } from '@strake/core';
import * as z from 'zod';
import type { AdoptPodsProperties } from './adopt.ts';
import { containerShape, type ContainerProperties } from './container.ts';
import { podTemplate } from './pod-template.ts';

/** A container that runs to its end, and how often it is tried (Kubernetes API: JobSpec). */
export interface JobProperties extends ContainerProperties {
  /**
   * Pods that must succeed.
   * @default - 1; where only `parallelism` is given, one success is enough for all
   */
  readonly completions?: number;
  /**
   * Pods that run at the same time.
   * @default 1
   */
  readonly parallelism?: number;
  /**
   * Failures after which it is given up.
   * @default 6
   */
  readonly backoffLimit?: number;
  /**
   * Seconds after which it is stopped, failures and new tries included.
   * @default - it may take as long as it needs
   */
  readonly activeDeadlineSeconds?: number;
  /**
   * Seconds after its end at which the Job is removed.
   * @default - it stays
   */
  readonly ttlSecondsAfterFinished?: number;
  /**
   * Whether a failed container starts again in its pod (`OnFailure`) or in a new one (`Never`), whose predecessor stays to
   * be looked at.
   * @default 'Never'
   */
  readonly restartPolicy?: 'Never' | 'OnFailure';
}

const count = z.int().min(0).optional();

/** The schemas of a job's properties. */
export const jobShape = {
  ...containerShape,
  completions: count,
  parallelism: count,
  backoffLimit: count,
  activeDeadlineSeconds: z.int().min(1).optional(),
  ttlSecondsAfterFinished: count,
  restartPolicy: z.enum(['Never', 'OnFailure']).optional(),
};

/** The specification of a Job. */
export function jobSpec(
  component: Component,
  properties: JobProperties,
  adopt?: AdoptPodsProperties,
): JsonObject {
  const {
    completions,
    parallelism,
    backoffLimit,
    activeDeadlineSeconds,
    ttlSecondsAfterFinished,
    restartPolicy = 'Never',
    ...container
  } = properties;
  return {
    completions,
    parallelism,
    backoffLimit,
    activeDeadlineSeconds,
    ttlSecondsAfterFinished,
    template: podTemplate(component, container, { restartPolicy, adopt }),
  };
}

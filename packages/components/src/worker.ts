import { defineComponent, Pods, propertiesOf, Scalable } from '@strake/core';
import { containerShape, type ContainerProperties } from './container.ts';
import { addDeployment } from './deployment.ts';

export interface WorkerProperties extends ContainerProperties {}

/** Works without being called by others: a Deployment. */
export class Worker extends defineComponent({
  name: 'worker',
  package: '@strake/components',
  summary: 'Works without being called by others: a Deployment.',
  properties: propertiesOf<WorkerProperties>()(containerShape),
  offers: [Pods, Scalable],
  build: (component, properties) => addDeployment(component, properties),
}) {}

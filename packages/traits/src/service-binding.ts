import { defineTrait, Pods, propertiesOf, type TraitFactory } from '@strake/core';
import * as z from 'zod';
import { boundSecret, bindingSchema, hasFiles, type BindingProperties } from './binding.ts';
import { hasEntry } from './has-entry.ts';
import { bindingVolume } from './binding-volume.ts';
import { partName } from './object-name.ts';

export interface ServiceBindingProperties {
  /** Bindings by name, which is also the name of the folder of a binding's files. */
  readonly bindings: Readonly<Record<string, BindingProperties>>;
}

/**
 * Gives a component what it needs to reach a service: the keys of a Secret as files below `SERVICE_BINDING_ROOT`
 * (servicebinding.io: Workload Projection) or as variables. The Secret is claimed by a component, or made by somebody
 * else.
 *
 * @example
 * serviceBinding({ bindings: { database: { secret: 'orders-db', type: 'postgresql', env: { PGPASSWORD: 'password' } } } })
 */
export const serviceBinding: TraitFactory<ServiceBindingProperties, 'pods'> = defineTrait({
  name: 'service-binding',
  package: '@strake/traits',
  summary: 'Gives a component what it needs to reach a service.',
  properties: propertiesOf<ServiceBindingProperties>()({
    bindings: z.record(partName, bindingSchema).refine(hasEntry, 'at least one binding').readonly(),
  }),
  needs: [Pods],
  apply({ edit, pods }, { bindings }) {
    const template = edit(pods.workload).at(pods.template);
    const container = template.at(['spec', 'containers', pods.container]);
    const root = rootSchema.parse(container.read(['env', ROOT, 'value']));
    for (const [name, binding] of Object.entries(bindings)) {
      const secret = boundSecret(binding);
      const { env = {} } = binding;
      const variables = Object.entries(env).map(([variable, key]) => ({
        name: variable,
        valueFrom: { secretKeyRef: { name: secret, key } },
      }));
      if (variables.length > 0) container.merge({ env: variables });
      if (!hasFiles(binding)) continue;
      const { volume, annotations } = bindingVolume(name, secret, binding);
      template.merge({ spec: { volumes: [volume] }, metadata: { annotations } });
      container.merge({
        env: [{ name: ROOT, value: root }],
        volumeMounts: [{ name: volume.name, mountPath: `${root}/${name}`, readOnly: true }],
      });
    }
  },
});

const ROOT = 'SERVICE_BINDING_ROOT';
const rootSchema = z.string().startsWith('/').catch('/bindings');

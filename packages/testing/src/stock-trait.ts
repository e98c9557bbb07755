import { defineTrait, Pods, propertiesOf, type TraitFactory } from '@strake/core';

/** A trait that does a little of what many do: what is tested is tested beside it. */
export const stockTrait: TraitFactory<{}, 'pods'> = defineTrait({
  name: 'stock-trait',
  package: '@strake/testing',
  summary: 'Adds an annotation, a variable and a volume to pods, and an object of its own.',
  properties: propertiesOf<{}>()({}),
  needs: [Pods],
  apply({ edit, create, component, pods }) {
    const name = `${component.name}-stock`;
    create({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data: { level: 'info' } });
    edit(pods.workload)
      .at(pods.template)
      .merge({
        metadata: { annotations: { 'testing.strake.dev/stock': 'yes' } },
        spec: {
          containers: [{ name: pods.container, env: [{ name: 'STRAKE_STOCK', value: 'yes' }] }],
          volumes: [{ name: 'strake-stock', configMap: { name } }],
        },
      });
  },
});

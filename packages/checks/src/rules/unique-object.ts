import { defineRule, type ObjectPlace } from '@strake/core';

/** No two environments of a cluster make the same object. */
export const uniqueObject = defineRule<ObjectPlace>({
  package: '@strake/checks',
  code: 'unique-object',
  summary: 'one object of a kind and name in a namespace of a cluster, whatever the environment',
  why: 'Each sync of one environment overwrites what the other one wrote.',
  fix: 'Give the environments namespaces of their own, or clusters.',
  severity: 'error',
  gather: (target) => (target.isClusterShared ? target.objects.map((object) => target.place(object)) : []),
  relate({ kept, cluster }, report) {
    const first = new Map<string, ObjectPlace>();
    const said = new Set<string>();
    for (const place of kept) {
      const key = keyOf(place);
      const other = first.get(key);
      if (other === undefined) first.set(key, place);
      // Within one environment the render itself finds it.
      if (other === undefined || other.environment.name === place.environment.name) continue;
      const pair = [place, other].map(({ application, environment }) => `${environment.name}/${application}`);
      if (said.has(pair.join(' '))) continue;
      said.add(pair.join(' '));
      const from = `\`${other.application}\` in \`${other.environment.name}\``;
      report({ at: place, written: `${from} makes it too, on the cluster \`${cluster}\`` });
    }
  },
});

/** One text for one object, whatever version of its API it is written in. */
function keyOf({ object: { apiVersion, kind, name, namespace = '' } }: ObjectPlace): string {
  const slash = apiVersion.indexOf('/');
  return `${slash < 0 ? '' : apiVersion.slice(0, slash)}/${kind}/${namespace}/${name}`;
}

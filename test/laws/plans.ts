import { plan, type Plan } from '@strake/gitops';

/** Texts of config maps by `environment/application/name`; a name with `:` stands in the namespace before it. */
export type Texts = Readonly<Record<string, string>>;

/** The plan of a project that consists of config maps. */
export function planOf(project: string, texts: Texts, whole = true): Plan {
  const applications = new Map<string, { name: string; text: string }[]>();
  for (const [key, text] of Object.entries(texts)) {
    const [environment = '', application = '', name = ''] = key.split('/');
    const place = `${environment}/${application}`;
    const maps = applications.get(place) ?? [];
    applications.set(place, name === '' ? maps : [...maps, { name, text }]);
  }
  const rendered = [...applications].map(([place, maps]) => {
    const [environment = '', application = ''] = place.split('/');
    return {
      environment: {
        name: environment,
        tier: environment,
        cluster: environment,
        kubernetes: '1.34',
        namespaceOf: (each: string) => each,
      },
      application,
      namespace: application,
      manifests: maps.map(({ name, text }) => ({
        object: configMap(application, name, text),
        delegations: [],
      })),
    };
  });
  return plan(project, rendered, { whole });
}

function configMap(application: string, name: string, text: string) {
  const [away, id] = name.includes(':') ? (name.split(':') as [string, string]) : [application, name];
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: id, namespace: away }, data: { text } };
}

/** The bytes of a plan's files by path. */
export function bytesOf({ files }: Plan): ReadonlyMap<string, Buffer> {
  return new Map(files.map(({ path, contents }) => [path, Buffer.from(contents)]));
}

import * as z from 'zod';
import { type ApiServer, ask } from './api.ts';
import type { SentManifest } from './manifests.ts';

const resourceList = z.looseObject({
  resources: z.array(z.looseObject({ name: z.string(), kind: z.string(), namespaced: z.boolean() })),
});

/** Finds the address of an object: its path on the server, or why it has none. */
export type Addresses = (
  manifest: Pick<SentManifest, 'apiVersion' | 'kind' | 'name' | 'namespace'>,
) => Promise<{ readonly path: string } | { readonly missing: string }>;

/** Addresses as the server itself lists them, each API version asked for once. */
export function addressesOf(server: ApiServer): Addresses {
  const known = new Map<string, Promise<z.infer<typeof resourceList>['resources']>>();
  const list = (root: string) => {
    const asked = known.get(root) ?? resourcesAt(server, root);
    known.set(root, asked);
    return asked;
  };
  return async ({ apiVersion, kind, name, namespace }) => {
    const root = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
    const resources = await list(root);
    const resource = resources.find((one) => one.kind === kind && !one.name.includes('/'));
    if (resource === undefined) return { missing: `the server knows no ${kind} of ${apiVersion}` };
    if (!resource.namespaced) return { path: `${root}/${resource.name}/${name}` };
    if (namespace === undefined) return { missing: `${kind} ${name} names no namespace` };
    return { path: `${root}/namespaces/${namespace}/${resource.name}/${name}` };
  };
}

async function resourcesAt(server: ApiServer, root: string) {
  const { status, body } = await ask(server, 'GET', root);
  if (status === 404) return [];
  return resourceList.parse(body).resources;
}

import { type ApiServer, ask } from './api.ts';
import { hasControllers } from './controllers.ts';
import { eventually } from './eventually.ts';
import type { SentManifest } from './manifests.ts';
import type { Addresses } from './resources.ts';

/** Removes objects. What waits for a controller to let go is let go at once; a Namespace, where none runs. */
export async function removeAll(
  server: ApiServer,
  addresses: Addresses,
  manifests: readonly SentManifest[],
): Promise<void> {
  for (const manifest of manifests) {
    const address = await addresses(manifest);
    if ('path' in address) await remove(server, address.path, manifest);
  }
}

async function remove(server: ApiServer, path: string, { kind, name }: SentManifest): Promise<void> {
  const { status } = await ask(server, 'DELETE', `${path}?gracePeriodSeconds=0&propagationPolicy=Background`);
  if (status === 404) return;
  if (kind === 'Namespace' && (await hasControllers(server))) {
    const isGone = async () => ((await ask(server, 'GET', path)).status === 404 ? true : undefined);
    await eventually(`the namespace ${name} is gone`, isGone, { seconds: 120 });
    return;
  }
  if (kind === 'Namespace') await finalize(server, path, name);
  if ((await ask(server, 'GET', path)).status === 404) return;
  const body = JSON.stringify({ metadata: { finalizers: null } });
  await ask(server, 'PATCH', path, { type: 'application/merge-patch+json', body });
}

async function finalize(server: ApiServer, path: string, name: string): Promise<void> {
  const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name }, spec: { finalizers: [] } };
  await ask(server, 'PUT', `${path}/finalize`, { type: 'application/json', body: JSON.stringify(namespace) });
}

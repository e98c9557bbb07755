import { type Answer, type ApiServer, ask } from './api.ts';
import { applyOnce } from './apply.ts';
import { manifestsIn } from './manifests.ts';
import { addressesOf } from './resources.ts';

/** Which object is meant. */
export interface ObjectName {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
}

/** Applies every object of a YAML text, in its order; throws at the first that the server rejects. */
export async function applyText(server: ApiServer, text: string): Promise<void> {
  const addresses = addressesOf(server);
  for (const manifest of manifestsIn(text)) {
    const { rejected } = await applyOnce(server, addresses, manifest);
    if (rejected !== undefined) throw new Error(`${manifest.kind} ${manifest.name} rejected: ${rejected}`);
  }
}

/** Reads an object; nothing where there is none. */
export async function readObject(server: ApiServer, object: ObjectName): Promise<unknown> {
  const { status, body } = await send(server, 'GET', object);
  return status === 200 ? body : undefined;
}

/** Changes an object as a person with kubectl would. */
export async function editObject(server: ApiServer, object: ObjectName, patch: unknown): Promise<void> {
  const content = { type: 'application/merge-patch+json', body: JSON.stringify(patch) };
  const { status, body } = await send(server, 'PATCH', object, content, '?fieldManager=kubectl-edit');
  if (status !== 200) throw new Error(`status ${status}: ${JSON.stringify(body)}`);
}

/** Removes an object. */
export async function deleteObject(server: ApiServer, object: ObjectName): Promise<void> {
  const { status, body } = await send(server, 'DELETE', object);
  if (status !== 200) throw new Error(`status ${status}: ${JSON.stringify(body)}`);
}

async function send(
  server: ApiServer,
  method: string,
  object: ObjectName,
  content?: { readonly type: string; readonly body: string },
  query = '',
): Promise<Answer> {
  const address = await addressesOf(server)({ ...object, namespace: object.namespace });
  if ('missing' in address) throw new Error(address.missing);
  return ask(server, method, `${address.path}${query}`, content);
}

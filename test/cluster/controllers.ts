import { type ApiServer, ask } from './api.ts';

const asked = new Map<string, Promise<boolean>>();

/** Whether controllers of Kubernetes work on this server: one of them gives each namespace an account. */
export function hasControllers(server: ApiServer): Promise<boolean> {
  const known = asked.get(server.url) ?? askOnce(server);
  asked.set(server.url, known);
  return known;
}

async function askOnce(server: ApiServer): Promise<boolean> {
  const { status } = await ask(server, 'GET', '/api/v1/namespaces/default/serviceaccounts/default');
  return status === 200;
}

import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { parse } from 'yaml';
import * as z from 'zod';
import type { ApiServer } from './api.ts';

/** File that says where the cluster is. */
export const KUBECONFIG = 'STRAKE_TEST_KUBECONFIG';

/** Context of that file, named once more by whoever lets the tests spoil its cluster. */
export const DISPOSABLE = 'STRAKE_TEST_CLUSTER_IS_DISPOSABLE';

/** A part as a kubeconfig has it, in the file or beside it. */
const cluster = z.looseObject({
  server: z.url({ protocol: /^https$/ }),
  'certificate-authority-data': z.string().optional(),
  'certificate-authority': z.string().optional(),
});
const user = z.looseObject({
  token: z.string().optional(),
  tokenFile: z.string().optional(),
  'client-certificate-data': z.string().optional(),
  'client-certificate': z.string().optional(),
  'client-key-data': z.string().optional(),
  'client-key': z.string().optional(),
});
const config = z.looseObject({
  'current-context': z.string().min(1),
  contexts: z.array(
    z.looseObject({ name: z.string(), context: z.looseObject({ cluster: z.string(), user: z.string() }) }),
  ),
  clusters: z.array(z.looseObject({ name: z.string(), cluster })),
  users: z.array(z.looseObject({ name: z.string(), user })),
});

/**
 * The cluster that somebody names to the tests; nothing when nobody does. Throws where it is not said in full that the
 * cluster may be spoilt. No other kubeconfig is read, and this one is never written.
 */
export function namedCluster(environment: NodeJS.ProcessEnv): ApiServer | undefined {
  const { [KUBECONFIG]: given = '', [DISPOSABLE]: disposable = '' } = environment;
  if (given === '' && disposable === '') return undefined;
  if (given === '')
    throw new Error(
      `${DISPOSABLE} is set without ${KUBECONFIG}, and the tests read no kubeconfig by default`,
    );
  const path = resolve(given);
  if (isDefault(path))
    throw new Error(`${path} is the default kubeconfig: give the disposable cluster a file of its own`);
  const read = readConfig(path);
  const { 'current-context': current } = read;
  if (disposable === '')
    throw new Error(
      `the tests write to, and remove from, the cluster of the context ${current}; if nobody misses what is in it, set ${DISPOSABLE}=${current}`,
    );
  if (disposable !== current)
    throw new Error(`${DISPOSABLE} names ${disposable}, but the current context of ${path} is ${current}`);
  return serverOf(read, path);
}

function isDefault(path: string): boolean {
  const standard = join(homedir(), '.kube', 'config');
  return (
    path === standard ||
    (existsSync(path) && existsSync(standard) && realpathSync(path) === realpathSync(standard))
  );
}

function readConfig(path: string): z.infer<typeof config> {
  if (!existsSync(path)) throw new Error(`there is no kubeconfig at ${path}`);
  const { data, error } = config.safeParse(parse(readFileSync(path, 'utf8')));
  if (data === undefined)
    throw new Error(`${path} is no kubeconfig that the tests can use:\n${z.prettifyError(error)}`);
  return data;
}

function serverOf(read: z.infer<typeof config>, path: string): ApiServer {
  const { context } = read.contexts.find(({ name }) => name === read['current-context']) ?? {};
  const found = read.clusters.find(({ name }) => name === context?.cluster)?.cluster;
  const who = read.users.find(({ name }) => name === context?.user)?.user;
  if (found === undefined || who === undefined)
    throw new Error(
      `the context ${read['current-context']} of ${path} names a cluster or a user that is not there`,
    );
  const text = (data: string | undefined, file: string | undefined): string | undefined => {
    if (data !== undefined) return Buffer.from(data, 'base64').toString();
    return file === undefined ? undefined : readFileSync(resolve(dirname(path), file), 'utf8');
  };
  const authority = text(found['certificate-authority-data'], found['certificate-authority']);
  const token = who.token ?? text(undefined, who.tokenFile)?.trim();
  const certificate = text(who['client-certificate-data'], who['client-certificate']);
  const key = text(who['client-key-data'], who['client-key']);
  if (authority === undefined) throw new Error(`${path} names no certificate authority for ${found.server}`);
  if (token !== undefined) return { url: found.server, authority, token };
  if (certificate !== undefined && key !== undefined)
    return { url: found.server, authority, client: { certificate, key } };
  throw new Error(
    `the user of ${path} has neither a token nor a client certificate; other logins are not supported`,
  );
}

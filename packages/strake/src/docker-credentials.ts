import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { finding, isJsonObject, StrakeError, type JsonObject, type JsonValue } from '@strake/core';
import type { RegistryCredentials } from '@strake/gitops';

/** Milliseconds. */
const HELPER_TIMEOUT = 20_000;
const HUB = 'https://index.docker.io/v1/';

/**
 * What somebody has logged in to a registry with, as the configuration of Docker says: its credential helpers come before
 * what the file itself holds.
 */
export async function dockerCredentials(registry: string): Promise<RegistryCredentials | undefined> {
  const file = join(process.env['DOCKER_CONFIG'] ?? join(homedir(), '.docker'), 'config.json');
  const config = await readConfig(file);
  const servers = registry === 'docker.io' ? [HUB, 'docker.io'] : [registry, `https://${registry}`];
  for (const server of servers) {
    const found = await fromHelper(config, server);
    if (found !== undefined) return found;
  }
  const auths = objectIn(config, 'auths');
  return servers.map((server) => fromEntry(objectIn(auths, server))).find((found) => found !== undefined);
}

async function readConfig(file: string): Promise<JsonObject> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch {
    return {};
  }
  try {
    const value: JsonValue = JSON.parse(text);
    return isJsonObject(value) ? value : {};
  } catch {
    throw denied(file, 'it is no JSON');
  }
}

async function fromHelper(config: JsonObject, server: string): Promise<RegistryCredentials | undefined> {
  const helper = objectIn(config, 'credHelpers')[server] ?? config['credsStore'];
  if (typeof helper !== 'string' || helper === '') return undefined;
  if (!/^[\w-][\w.-]*$/.test(helper)) throw denied(helper, 'the credential helper has no name of a program');
  const program = `docker-credential-${helper}`;
  const { failure, output } = await runHelper(program, server);
  if (failure !== undefined) {
    if (/credentials not found/i.test(output)) return undefined;
    throw denied(program, `the credential helper fails (${failure})`);
  }
  const answer = parsed(output);
  const { Username: username, Secret: secret } = answer;
  if (typeof username !== 'string' || typeof secret !== 'string' || secret === '') return undefined;
  return username === '<token>' ? { identityToken: secret } : { username, password: secret };
}

function runHelper(program: string, server: string) {
  return new Promise<{ readonly failure: string | undefined; readonly output: string }>((resolve) => {
    const child = execFile(program, ['get'], { timeout: HELPER_TIMEOUT }, (error, stdout) => {
      resolve({ failure: error === null ? undefined : String(error.code ?? error.signal), output: stdout });
    });
    // A helper that ends without reading is no fault of ours.
    child.stdin?.on('error', () => {});
    child.stdin?.end(server);
  });
}

function fromEntry({ auth, identitytoken }: JsonObject): RegistryCredentials | undefined {
  if (typeof identitytoken === 'string' && identitytoken !== '') return { identityToken: identitytoken };
  if (typeof auth !== 'string') return undefined;
  const text = Buffer.from(auth, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return colon < 1 ? undefined : { username: text.slice(0, colon), password: text.slice(colon + 1) };
}

function parsed(text: string): JsonObject {
  try {
    const value: JsonValue = JSON.parse(text);
    return isJsonObject(value) ? value : {};
  } catch {
    return {};
  }
}

function objectIn(object: JsonObject, key: string): JsonObject {
  const value = Object.hasOwn(object, key) ? object[key] : undefined;
  return isJsonObject(value) ? value : {};
}

function denied(path: string, written: string): StrakeError {
  return new StrakeError([
    finding({
      code: 'registry-denied',
      path,
      written,
      allowed: 'a configuration of Docker that `docker pull` can use',
      fix: 'Correct the configuration, or run `docker login` again.',
    }),
  ]);
}

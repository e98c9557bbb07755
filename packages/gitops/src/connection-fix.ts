import process from 'node:process';
import type { Variables } from './git/git-environment.ts';

const UNTRUSTED = /CERT|SELF_SIGNED|UNABLE_TO_(?:GET|VERIFY)/;

/**
 * What to do where a server cannot be reached: what Node says of the connection, and a proxy that it does not use, tell
 * more than `otherwise` (Node.js: NODE_EXTRA_CA_CERTS, NODE_USE_ENV_PROXY).
 */
export function connectionFix(error: unknown, otherwise: string, variables: Variables = process.env): string {
  const { cause } = error instanceof Error ? error : {};
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  if (UNTRUSTED.test(code))
    return "Set NODE_EXTRA_CA_CERTS to a file with the certificate of the server's authority.";
  const proxy = ['HTTPS_PROXY', 'https_proxy'].find((name) => (variables[name] ?? '') !== '');
  return proxy === undefined || variables['NODE_USE_ENV_PROXY'] === '1'
    ? otherwise
    : `Set NODE_USE_ENV_PROXY=1 for Node to use ${proxy}, which Node 22.21, 24 and newer can. ${otherwise}`;
}

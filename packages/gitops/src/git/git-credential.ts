import type { Variables } from './git-environment.ts';
import type { GitLocation } from './git-location.ts';

const TOKEN = 'STRAKE_TOKEN';
const HELPER = `!f() { test "$1" = get || exit 0; echo "username=$STRAKE_USER"; echo "password=$STRAKE_TOKEN"; }; f`;

/**
 * Variables that let git answer the server's question for a password with STRAKE_TOKEN: only this server's, and without
 * any other helper, since git hands a password that was right to all of them to store it.
 */
export function gitCredential(
  { protocol, host, url }: GitLocation,
  variables: Variables,
  user: string,
): Record<string, string> {
  const token = variables[TOKEN] ?? '';
  if (token === '' || (protocol !== 'https' && protocol !== 'http')) return {};
  const named = new URL(url).username;
  const before = Number(variables['GIT_CONFIG_COUNT'] ?? 0) || 0;
  return {
    [TOKEN]: token,
    STRAKE_USER: named === '' ? user : decodeURIComponent(named),
    GIT_CONFIG_COUNT: String(before + 2),
    [`GIT_CONFIG_KEY_${before}`]: 'credential.helper',
    [`GIT_CONFIG_VALUE_${before}`]: '',
    [`GIT_CONFIG_KEY_${before + 1}`]: `credential.${protocol}://${host}.helper`,
    [`GIT_CONFIG_VALUE_${before + 1}`]: HELPER,
  };
}

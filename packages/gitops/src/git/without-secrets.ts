import type { Variables } from './git-environment.ts';

const SECRET_NAME = /TOKEN|PASSWORD|SECRET/i;
const SHORTEST = 6;
const LONGEST_TEXT = 600;

/** Text from a server or from git, on one line, without anything that the environment keeps secret. */
export function withoutSecrets(text: string, variables: Variables): string {
  let shown = text.slice(0, 100_000);
  for (const secret of secretsIn(variables)) shown = shown.replaceAll(secret, '***');
  return shown
    .replaceAll(/\/\/[^/\s@]*:[^/\s@]*@/g, '//')
    .replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim()
    .slice(0, LONGEST_TEXT);
}

function secretsIn(variables: Variables): string[] {
  return Object.entries(variables).flatMap(([name, value]) => {
    if (value === undefined || value.length < SHORTEST || !SECRET_NAME.test(name)) return [];
    return [value, encodeURIComponent(value), Buffer.from(value).toString('base64')];
  });
}

import { defineRule } from '@strake/core';
import { podsOf } from './pods.ts';
import { mapAt, textAt, textEntriesAt } from './reading.ts';
import { secretIn } from './secret-text.ts';

const FROM = { package: '@strake/checks', severity: 'error' } as const;

const WHY = 'Whoever reads the repository, now or later, has the secret.';
const CLAIM =
  'Declare a `SecretClaim`, supply `sealedSecrets()`, and replace the value, since it is no secret any more.';

/** No Secret stands in the repository as everybody can read it. */
export const noPlaintextSecret = defineRule({
  ...FROM,
  code: 'no-plaintext-secret',
  summary: 'secrets that a scope supplies, such as sealed ones',
  why: WHY,
  fix: CLAIM,
  check(target, report) {
    for (const at of target.of('Secret')) {
      const keys = ['data', 'stringData'].flatMap((field) => Object.keys(mapAt(at, field) ?? {}));
      if (keys.length > 0)
        report({ at, written: `${keys.map((key) => `\`${key}\``).join(', ')} in plain text` });
    }
  },
});

/** No ConfigMap holds a secret. */
export const noSecretInConfigMap = defineRule({
  ...FROM,
  code: 'no-secret-in-config-map',
  summary: 'ConfigMaps without passwords, tokens and private keys',
  why: WHY,
  fix: CLAIM,
  check(target, report) {
    for (const at of target.of('ConfigMap')) {
      for (const [key, text] of textEntriesAt(at, 'data')) {
        const secret = secretIn(key, text);
        if (secret !== undefined) report({ at, written: `\`${key}\` holds ${secret}` });
      }
    }
  },
});

/** No environment variable has a secret as its value. */
export const noSecretInEnv = defineRule({
  ...FROM,
  code: 'no-secret-in-env',
  summary: 'environment variables that refer to their secrets',
  why: WHY,
  fix: `${CLAIM} Refer to it by \`claim.key(...)\`.`,
  check(target, report) {
    for (const { object, containers } of podsOf(target)) {
      for (const { name, env } of containers) {
        for (const variable of env) {
          const called = textAt(variable, 'name') ?? '';
          const secret = secretIn(called, textAt(variable, 'value') ?? '');
          if (secret !== undefined)
            report({ at: object, written: `\`${called}\` of the container \`${name}\` holds ${secret}` });
        }
      }
    }
  },
});

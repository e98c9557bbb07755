import { finding, type Config, type DeliveryMode, type Finding } from '@strake/core';
import { nearest } from '@strake/core/tools';

/** How each environment is delivered, and what is wrong with what the command line says of it. */
export interface DeliveryModes {
  readonly modeOf: (environment: string) => DeliveryMode;
  readonly findings: readonly Finding[];
}

const MODES: readonly string[] = ['push', 'pull-request'] satisfies DeliveryMode[];

/**
 * Reads `--mode pull-request` and `--mode production=pull-request`; without them the platform decides. Where no configuration
 * is loaded nobody can say that an environment takes a push, so it gets a pull request.
 */
export function deliveryModes(words: readonly string[], config?: Config): DeliveryModes {
  const chosen = new Map<string, DeliveryMode>();
  const findings: Finding[] = [];
  for (const word of words) {
    const [mode = '', environment = ''] = word.split('=', 2).toReversed();
    if (isMode(mode)) chosen.set(environment, mode);
    else findings.push(modeInvalid('--mode', word));
  }
  const environments = config?.platform?.environments ?? [];
  if (config !== undefined) {
    const names = config.platform === undefined ? ['default'] : environments.map(({ name }) => name);
    const unknown = [...chosen.keys()].filter((name) => name !== '' && !names.includes(name));
    findings.push(...unknown.map((name) => environmentUnknown(name, names)));
  }
  const approvalOf = (environment: string) => environments.find(({ name }) => name === environment)?.approval;
  return {
    modeOf: (environment) =>
      chosen.get(environment) ??
      chosen.get('') ??
      (config === undefined || approvalOf(environment) === 'pull-request' ? 'pull-request' : 'push'),
    findings,
  };
}

function isMode(word: string): word is DeliveryMode {
  return MODES.includes(word);
}

function modeInvalid(path: string, word: string): Finding {
  return finding({
    code: 'property-invalid',
    path,
    written: `\`${word}\``,
    allowed: '`push` or `pull-request`; on the command line also with `<environment>=` before it',
    fix: 'Write it like that.',
  });
}

/** A misspelt environment would be delivered otherwise than somebody meant, so it is no mere warning. */
function environmentUnknown(name: string, names: readonly string[]): Finding {
  const likely = nearest(name, names);
  return finding({
    code: 'environment-unknown',
    path: '--mode',
    written: `the environment \`${name}\``,
    allowed: names.map((each) => `\`${each}\``).join(', '),
    fix: likely === undefined ? 'Name one of the environments that exist.' : `Did you mean \`${likely}\`?`,
  });
}

import { finding, type Config, type DeliveryMode, type Finding } from '@strake/core';
import { nearest } from '@strake/core/tools';

/** How each environment is delivered, and what is wrong with what the command line says of it. */
export interface DeliveryModes {
  readonly modeOf: (environment: string) => DeliveryMode;
  readonly findings: readonly Finding[];
}

const MODES: readonly string[] = ['push', 'pull-request'] satisfies DeliveryMode[];

/** What is known of a project's environments. */
export interface ModesInput {
  readonly config?: Config | undefined;
  /** Environments that get a pull request, whatever the command line says: those of which a render says so. */
  readonly pullRequests?: readonly string[];
}

/**
 * Reads `--mode pull-request` and `--mode production=pull-request`; without them the platform decides. Where no configuration
 * is loaded nobody can say that an environment takes a push, so it gets a pull request. What a render says of approval can
 * only add to it: nobody who renders can make a push of a pull request.
 */
export function deliveryModes(
  words: readonly string[],
  { config, pullRequests = [] }: ModesInput,
): DeliveryModes {
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
  const wanted = (environment: string) => chosen.get(environment) ?? chosen.get('');
  const kept = pullRequests.filter((environment) => wanted(environment) === 'push');
  findings.push(...kept.map(approvalKept));
  return {
    modeOf: (environment) => {
      if (pullRequests.includes(environment)) return 'pull-request';
      const isProposed = config === undefined || approvalOf(environment) === 'pull-request';
      return wanted(environment) ?? (isProposed ? 'pull-request' : 'push');
    },
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

function approvalKept(environment: string): Finding {
  const found = finding({
    code: 'approval-kept',
    severity: 'warning',
    path: '--mode',
    written: `\`push\` for \`${environment}\`, whose approval is \`pull-request\` where it was rendered`,
    allowed: 'with --from, no less approval than the platform asks for',
    fix: `Nothing needs to be done: it gets a pull request. Else leave \`${environment}\` out of --mode.`,
  });
  return { ...found, environments: [environment] };
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

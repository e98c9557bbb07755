import { finding, StrakeError, type Agent, type Config, type Finding } from '@strake/core';
import { nearest, sortFindings } from '@strake/core/tools';
import { emit, syncedEnvironment } from '@strake/gitops';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { loadConfig } from '../load-config.ts';
import { hasErrors } from '../rendered-project.ts';
import { findingJson, plural, showFindings } from '../show-findings.ts';

export interface AgentOptions {
  /** The configuration file. */
  readonly config: string;
  /** Names of environments; all when left out. */
  readonly env?: readonly string[];
  readonly json?: boolean;
}

/** Prints what is applied once in a cluster, so that the agent there syncs the rest. */
export async function agent(options: AgentOptions, io: Io): Promise<ExitCode> {
  try {
    const { config } = await loadConfig(options.config, io.directory);
    const { agent: configured } = config;
    if (configured === undefined) throw new StrakeError([agentMissing(options.config)]);
    const environments = wantedEnvironments(config, options.env);
    const roots = environments.map((each) => ({ each, root: configured.root(syncedEnvironment(each)) }));
    const findings = sortFindings(roots.flatMap(({ root }) => root.findings ?? []));
    if (options.json === true) {
      const shown = roots.map(({ each: { name, cluster }, root: { objects } }) => ({
        environment: name,
        cluster,
        objects,
      }));
      showJson(hasErrors(findings) ? [] : shown, findings, io);
      return hasErrors(findings) ? EXIT.failed : EXIT.done;
    }
    showFindings(findings, io);
    if (hasErrors(findings)) return EXIT.failed;
    const documents = roots.flatMap(({ each: { name, cluster }, root }) =>
      root.objects.map((object) => `# environment ${name}, cluster ${cluster}\n${emit(object)}`),
    );
    io.out(documents.join('---\n'));
    io.err(`${sentence(configured, environments.length)}\n`);
    return EXIT.done;
  } catch (error) {
    if (!StrakeError.is(error)) throw error;
    const findings = sortFindings(error.findings);
    if (options.json === true) showJson([], findings, io);
    else showFindings(findings, io);
    return EXIT.failed;
  }
}

function showJson(environments: readonly object[], findings: readonly Finding[], io: Io): void {
  const shown = { environments, findings: findings.map((each) => findingJson(each, io)) };
  io.out(`${JSON.stringify(shown, null, 2)}\n`);
}

function sentence({ name }: Agent, count: number): string {
  return `Apply this once where ${name} runs, for ${plural(count, 'environment')}; from then on ${name} syncs the repository, these objects included.`;
}

function wantedEnvironments({ platform }: Config, wanted: readonly string[] | undefined) {
  const environments = platform?.environments ?? [DEFAULT];
  const names = environments.map(({ name }) => name);
  const unknown = (wanted ?? []).filter((name) => !names.includes(name));
  if (unknown.length > 0) throw new StrakeError(unknown.map((name) => environmentUnknown(name, names)));
  return environments.filter(({ name }) => wanted?.includes(name) ?? true);
}

/** What a configuration without a platform is rendered for. */
const DEFAULT = {
  name: 'default',
  tier: 'default',
  cluster: 'default',
  kubernetes: '1.36',
  namespaceOf: (application: string) => application,
};

function environmentUnknown(name: string, names: readonly string[]): Finding {
  const likely = nearest(name, names);
  return finding({
    code: 'environment-unknown',
    path: '--env',
    written: `the environment \`${name}\``,
    allowed: names.map((each) => `\`${each}\``).join(', '),
    fix: likely === undefined ? 'Name one of the environments that exist.' : `Did you mean \`${likely}\`?`,
  });
}

function agentMissing(config: string): Finding {
  return finding({
    code: 'config-invalid',
    path: config,
    written: 'no `agent`',
    allowed: '`agent: flux({ ... })` or `agent: argocd({ ... })` in defineConfig()',
    fix: 'Configure the agent that syncs the repository.',
  });
}

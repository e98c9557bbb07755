import { renderEach, type Config, type Finding, type LockedApplication } from '@strake/core';
import { findingsOf, sortFindings, type WaivedFinding } from '@strake/core/tools';
import { emergencyConfig } from './emergency.ts';
import { environmentNames } from './environment-order.ts';
import { loadConfig, type LoadedConfig } from './load-config.ts';
import { loadFacts } from './load-facts.ts';
import { loadImageLocks, lockedApplications, repositoryFolder } from './load-image-locks.ts';
import { loadInputs } from './load-inputs.ts';
import { objectChecks } from './object-checks.ts';
import { growYoungGeneration } from './young-generation.ts';
import { atOption, type OptionNames } from './option-names.ts';

/** What of which project is rendered. */
export interface ProjectOptions {
  /** The configuration file. */
  readonly config: string;
  /** Names of environments; all when left out. */
  readonly env?: readonly string[];
  /** Names of applications; all when left out. */
  readonly app?: readonly string[];
  /** Folder of the repository, instead of the configured one. */
  readonly out?: string;
  /**
   * Whether the objects are checked against schemas and rules.
   * @default true
   */
  readonly check?: boolean;
  /**
   * The day on which waivers are judged: `2026-11-22`.
   * @default - today, in UTC
   */
  readonly today?: string;
  /**
   * Whether it is rendered for an emergency delivery.
   * @default false
   */
  readonly emergency?: boolean;
  /**
   * The configuration, where it is loaded already.
   * @default - it is loaded
   */
  readonly loaded?: LoadedConfig;
  /** What findings call the options that say what is rendered. */
  readonly optionNames?: OptionNames;
}

/** A project whose render was used. */
export interface RenderedProject<Result> {
  readonly config: Config;
  /** Folder that the configuration's paths are relative to. */
  readonly directory: string;
  readonly result: Result;
}

/** What came of loading and rendering a project. `project` is undefined when it could not be loaded. */
export interface ProjectRender<Result> {
  readonly project?: RenderedProject<Result>;
  readonly findings: readonly Finding[];
  /** What rules found and waivers permit. */
  readonly waived: readonly WaivedFinding[];
}

/**
 * Loads and renders a project, and hands its applications to `use` one after the other. Whatever is
 * wrong with the project comes back as findings.
 */
export async function renderProject<Result>(
  options: ProjectOptions,
  directory: string,
  use: (rendered: Iterable<LockedApplication>, config: Config) => Result,
): Promise<ProjectRender<Result>> {
  const findings: Finding[] = [];
  try {
    let loaded = options.loaded ?? (await loadConfig(options.config, directory));
    if (options.emergency === true) {
      const { config, findings: refused } = emergencyConfig(loaded.config, options.env);
      findings.push(...refused);
      loaded = { ...loaded, config };
    }
    const { inputs, findings: wrong } = await loadInputs(loaded.config, loaded.directory);
    const repository = repositoryFolder(loaded, options.out, directory);
    const locks = await loadImageLocks(loaded.config, repository, options);
    const published = loadFacts(loaded.config, repository);
    findings.push(...wrong, ...locks.findings, ...published.findings);
    const checks = options.check === false ? undefined : await objectChecks(loaded, options);
    const report = (each: Finding) => {
      if (checks?.permits(each) !== true) findings.push(atOption(each, options.optionNames));
    };
    const selected = {
      inputs: new Map([...inputs, ...locks.inputs]),
      facts: published.facts,
      ...selection(options),
    };
    growYoungGeneration(loaded.config);
    const rendered = renderEach(loaded.config, selected, report);
    findings.push(...(checks?.findings ?? []));
    const locked = lockedApplications(rendered, selected.inputs, report);
    const result = use(checks === undefined ? locked : checks.checked(locked, report), loaded.config);
    const order = environmentNames(loaded.config);
    return {
      project: { ...loaded, result },
      findings: sortFindings(findings, order),
      waived: checks?.waived ?? [],
    };
  } catch (error) {
    // A configuration is a program: what it hands over may be anything, whatever its types say.
    const thrown = findingsOf(error, options.config).map((each) => atOption(each, options.optionNames));
    return { findings: sortFindings([...findings, ...thrown]), waived: [] };
  }
}

/** Of what a render is all that the project has: of everything, of the wanted environments, or of nothing. */
export function wholeOf({ env, app }: Pick<ProjectOptions, 'env' | 'app'>): boolean | readonly string[] {
  return app === undefined && (env ?? true);
}

function selection({ env, app }: ProjectOptions) {
  return { ...(env && { environments: env }), ...(app && { applications: app }) };
}

export function hasErrors(findings: readonly Finding[]): boolean {
  return findings.some(({ severity }) => severity === 'error');
}

import { renderEach, type Config, type Finding, type RenderedApplication } from '@strake/core';
import { findingsOf, sortFindings } from '@strake/core/tools';
import { loadConfig } from './load-config.ts';
import { loadInputs } from './load-inputs.ts';

/** What of which project is rendered. */
export interface ProjectOptions {
  /** The configuration file. */
  readonly config: string;
  /** Names of environments; all when left out. */
  readonly env?: readonly string[];
  /** Names of applications; all when left out. */
  readonly app?: readonly string[];
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
}

/**
 * Loads and renders a project, and hands its applications to `use` one after the other. Whatever is
 * wrong with the project comes back as findings.
 */
export async function renderProject<Result>(
  options: ProjectOptions,
  directory: string,
  use: (rendered: Iterable<RenderedApplication>, config: Config) => Result,
): Promise<ProjectRender<Result>> {
  const findings: Finding[] = [];
  try {
    const loaded = await loadConfig(options.config, directory);
    const { inputs, findings: wrong } = await loadInputs(loaded.config, loaded.directory);
    findings.push(...wrong);
    const selected = { inputs, ...selection(options) };
    const rendered = renderEach(loaded.config, selected, (each) => findings.push(each));
    const result = use(rendered, loaded.config);
    return { project: { ...loaded, result }, findings: sortFindings(findings) };
  } catch (error) {
    // A configuration is a program: what it hands over may be anything, whatever its types say.
    return { findings: sortFindings([...findings, ...findingsOf(error, options.config)]) };
  }
}

function selection({ env, app }: ProjectOptions) {
  return { ...(env && { environments: env }), ...(app && { applications: app }) };
}

export function hasErrors(findings: readonly Finding[]): boolean {
  return findings.some(({ severity }) => severity === 'error');
}

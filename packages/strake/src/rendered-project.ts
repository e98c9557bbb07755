import { render, StrakeError, type Config, type Finding, type Render } from '@strake/core';
import { sortFindings } from '@strake/core/tools';
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

/** A loaded project and its render. `project` is undefined when the configuration could not be loaded. */
export interface RenderedProject {
  readonly project?: { readonly config: Config; readonly directory: string; readonly render: Render };
  readonly findings: readonly Finding[];
}

/** Loads and renders a project. Whatever is wrong with it comes back as findings. */
export async function renderProject(options: ProjectOptions, directory: string): Promise<RenderedProject> {
  try {
    const loaded = await loadConfig(options.config, directory);
    const { inputs, findings } = await loadInputs(loaded.config, loaded.directory);
    const rendered = render(loaded.config, {
      inputs,
      ...(options.env && { environments: options.env }),
      ...(options.app && { applications: options.app }),
    });
    return {
      project: { ...loaded, render: rendered },
      findings: sortFindings([...findings, ...rendered.findings]),
    };
  } catch (error) {
    if (StrakeError.is(error)) return { findings: sortFindings(error.findings) };
    throw error;
  }
}

export function hasErrors(findings: readonly Finding[]): boolean {
  return findings.some(({ severity }) => severity === 'error');
}

import type { Finding } from '@strake/core';
import { comparedWithRepository, isHardChange } from '@strake/gitops';
import { renderProject, type ProjectOptions, type RenderedProject } from './rendered-project.ts';

/** What was compared with which repository. */
export interface Compared {
  readonly project: RenderedProject<unknown>;
  /** Folder of the repository. */
  readonly repository: string;
  /** Whether the changes are to be made all the same. */
  readonly force: boolean;
}

/**
 * The findings with the lines of code behind changes that a cluster cannot make. Only where there are such changes, what
 * they are in is rendered once more: a plan keeps nothing that knows who wrote a value.
 */
export async function withLines(
  findings: readonly Finding[],
  { project, repository, force }: Compared,
  options: ProjectOptions,
): Promise<readonly Finding[]> {
  const changes = findings.filter(isHardChange);
  if (changes.length === 0) return findings;
  const traced: Finding[] = [];
  const { config, directory } = project;
  const against = { project: config.project, directory: repository, agent: config.agent, force };
  const concerned = {
    loaded: project,
    out: repository,
    check: false,
    env: [...new Set(changes.flatMap(({ environments }) => environments))],
    app: [...new Set(changes.map(({ path }) => path.split('/', 1).join('')))],
  };
  await renderProject({ ...options, ...concerned }, directory, (rendered) => {
    for (const _ of comparedWithRepository(rendered, against, (each) => traced.push(each)));
  });
  return [...findings.filter((each) => !isHardChange(each)), ...traced];
}

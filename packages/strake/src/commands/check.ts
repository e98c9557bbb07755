import { resolve } from 'node:path';
import type { Finding, RenderedApplication } from '@strake/core';
import { sortFindings } from '@strake/core/tools';
import { comparedWithRepository, emergencyOpen, openEmergencies } from '@strake/gitops';
import { environmentNames } from '../environment-order.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { repositoryFolder } from '../load-image-locks.ts';
import { hasErrors, renderProject, type ProjectOptions, type RenderedProject } from '../rendered-project.ts';
import { findingJson, plural, showFindings } from '../show-findings.ts';
import { showWaived } from '../show-waived.ts';

export interface CheckOptions extends ProjectOptions {
  readonly json?: boolean;
}

/** Renders a project and prints all that is wrong with it: that is what was asked for. Writes nothing. */
export async function check(options: CheckOptions, io: Io): Promise<ExitCode> {
  const hard: Finding[] = [];
  // The configuration's folder is the one that it stands in.
  const directory = resolve(io.directory, options.config, '..');
  const {
    project,
    findings: found,
    waived,
  } = await renderProject(options, io.directory, (rendered, config) => {
    const repository = repositoryFolder({ config, directory }, options.out, io.directory);
    // What a write refuses is no fault of the code: it may be wanted.
    const against = { project: config.project, directory: repository, agent: config.agent, force: true };
    return countObjects(comparedWithRepository(rendered, against, (each) => hard.push(each)));
  });
  const open = project === undefined ? [] : emergencies(project, options, io);
  const findings = sortFindings([...found, ...hard, ...open], environmentNames(project?.config));
  if (options.json === true) {
    const shown = { findings: findings.map((each) => findingJson(each, io)), waived };
    io.out(`${JSON.stringify(shown, null, 2)}\n`);
  } else {
    showFindings(findings, io, io.out);
    showWaived(waived, io);
    const permitted = waived.length === 0 ? '' : `, ${waived.length} waived`;
    if (findings.length === 0)
      io.out(`no findings in ${plural(project?.result ?? 0, 'object')}${permitted}\n`);
  }
  return hasErrors(findings) ? EXIT.failed : EXIT.done;
}

/** What was delivered past approval, and not yet as usual since: the repository remembers it. */
function emergencies(project: RenderedProject<number>, { out, env, app }: CheckOptions, io: Io): Finding[] {
  const { config } = project;
  return openEmergencies(repositoryFolder(project, out, io.directory), config.project)
    .filter(({ environment }) => env?.includes(environment) !== false)
    .flatMap(emergencyOpen)
    .filter(({ path }) => app?.includes(path) !== false);
}

function countObjects(rendered: Iterable<RenderedApplication>): number {
  let count = 0;
  for (const { manifests } of rendered) count += manifests.length;
  return count;
}

import type { RenderedApplication } from '@strake/core';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { hasErrors, renderProject, type ProjectOptions } from '../rendered-project.ts';
import { findingJson, plural, showFindings } from '../show-findings.ts';

export interface CheckOptions extends ProjectOptions {
  readonly json?: boolean;
}

/** Renders a project and prints all that is wrong with it. Writes nothing. */
export async function check(options: CheckOptions, io: Io): Promise<ExitCode> {
  const { project, findings, waived } = await renderProject(options, io.directory, countObjects);
  if (options.json === true) {
    const shown = { findings: findings.map((each) => findingJson(each, io)), waived };
    io.out(`${JSON.stringify(shown, null, 2)}\n`);
  } else {
    showFindings(findings, io);
    const permitted = waived.length === 0 ? '' : `, ${waived.length} waived`;
    if (findings.length === 0)
      io.out(`no findings in ${plural(project?.result ?? 0, 'object')}${permitted}\n`);
  }
  return hasErrors(findings) ? EXIT.failed : EXIT.done;
}

function countObjects(rendered: Iterable<RenderedApplication>): number {
  let count = 0;
  for (const { manifests } of rendered) count += manifests.length;
  return count;
}

import { EXIT, type ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { hasErrors, renderProject, type ProjectOptions } from '../rendered-project.ts';
import { findingJson, plural, showFindings } from '../show-findings.ts';

export interface CheckOptions extends ProjectOptions {
  readonly json?: boolean;
}

/** Renders a project and prints all that is wrong with it. Writes nothing. */
export async function check(options: CheckOptions, io: Io): Promise<ExitCode> {
  const { project, findings } = await renderProject(options, io.directory);
  if (options.json === true) {
    io.out(`${JSON.stringify({ findings: findings.map((each) => findingJson(each, io)) }, null, 2)}\n`);
  } else {
    showFindings(findings, io);
    if (findings.length === 0) io.out(`no findings in ${plural(objectCount(project), 'object')}\n`);
  }
  return hasErrors(findings) ? EXIT.failed : EXIT.done;
}

function objectCount(project: Awaited<ReturnType<typeof renderProject>>['project']): number {
  return (project?.render.applications ?? []).reduce((sum, { manifests }) => sum + manifests.length, 0);
}

import { resolve } from 'node:path';
import { finding, type Config, type Finding, type Manifest, type RenderedApplication } from '@strake/core';
import { nearest, sortFindings } from '@strake/core/tools';
import { ENVIRONMENTS, plan, write } from '@strake/gitops';
import { environmentNames } from '../environment-order.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { explanationJson, explanationOf, showExplanation, type Explanation } from '../explanation.ts';
import type { Io } from '../io.ts';
import { hasErrors, renderProject, type ProjectOptions } from '../rendered-project.ts';
import { nearPaths, plainPath } from '../near-paths.ts';
import { findingJson, showFindings } from '../show-findings.ts';

export interface ExplainOptions extends ProjectOptions {
  readonly json?: boolean;
}

/** An explained object, and the application rendered with that object alone. */
interface Explained {
  readonly explanation: Explanation;
  readonly alone: RenderedApplication;
}

/** Says of every value of an object, or of those below a path, who wrote it, where, and over whom. Writes nothing. */
export async function explain(
  object: string,
  path: string | undefined,
  options: ExplainOptions,
  io: Io,
): Promise<ExitCode> {
  const wanted = path === undefined ? undefined : plainPath(path);
  const names = new Set<string>();
  const explained: Explained[] = [];
  const { project, findings } = await renderProject(options, io.directory, (rendered) => {
    for (const application of rendered) {
      for (const manifest of application.manifests) {
        names.add(nameOf(manifest));
        if (nameOf(manifest).toLowerCase() !== object.toLowerCase()) continue;
        const explanation = explanationOf(application, manifest, wanted);
        explained.push({ explanation, alone: { ...application, manifests: [manifest] } });
      }
    }
  });
  const all = [...findings];
  if (project !== undefined) {
    const directory = resolve(project.directory, project.config.repository?.path ?? 'gitops');
    if (explained.length === 0 && (names.size > 0 || !hasErrors(findings)))
      all.push(objectUnknown(object, [...names]));
    else if (explained.length > 0 && explained.every(({ explanation }) => isEmpty(explanation)))
      all.push(pathUnknown(object, path, explained));
    all.push(...explained.filter((each) => differs(each, project.config, directory)).map(outdated));
  }
  const told = explained.map(({ explanation }) => explanation).filter((each) => !isEmpty(each));
  return show(told, sortFindings(all, environmentNames(project?.config)), options, io);
}

function show(
  told: readonly Explanation[],
  findings: readonly Finding[],
  { json }: ExplainOptions,
  io: Io,
): ExitCode {
  if (json === true) {
    const objects = told.map((each) => explanationJson(each, io));
    io.out(
      `${JSON.stringify({ objects, findings: findings.map((each) => findingJson(each, io)) }, null, 2)}\n`,
    );
  } else {
    for (const each of told) showExplanation(each, io);
    showFindings(findings, io);
  }
  return hasErrors(findings) ? EXIT.failed : EXIT.done;
}

function nameOf({ object: { kind, metadata } }: Manifest): string {
  return `${kind}/${metadata.name}`;
}

function isEmpty({ values, delegations }: Explanation): boolean {
  return values.length === 0 && delegations.length === 0;
}

/** Whether the repository holds other bytes of the object than this render: then its history is not told here. */
function differs({ alone }: Explained, { project, agent }: Config, directory: string): boolean {
  const planned = plan(project, [alone], agent && { agent });
  const { changes } = write(planned, directory, { dryRun: true });
  return changes.some(({ path, change }) => change === 'changed' && isObject(path));
}

/** What agents read depends on all objects of an application, and so does its kustomization. */
function isObject(path: string): boolean {
  return path.startsWith(`${ENVIRONMENTS}/`) && !path.endsWith('/kustomization.yaml');
}

function outdated({ explanation: { environment, application, object } }: Explained): Finding {
  return {
    ...finding({
      code: 'history-outdated',
      path: application,
      written: `${object} stands otherwise in the repository than it is rendered now`,
      allowed: 'a history of what is rendered now',
      fix: 'Run `strake synth`, or look at the commit that the repository was written from.',
    }),
    severity: 'warning',
    environments: [environment],
  };
}

function objectUnknown(object: string, names: readonly string[]): Finding {
  const [, name = object] = object.split('/');
  const namesakes = names.filter((each) => each.split('/')[1] === name);
  const likely = nearest(object, names) ?? (namesakes.length === 1 ? namesakes[0] : undefined);
  return finding({
    code: 'object-unknown',
    path: object,
    written: `no object \`${object}\` is rendered`,
    allowed:
      namesakes.length === 0
        ? 'kind and name of an object: `Deployment/web`'
        : `objects named \`${name}\`: ${listed(namesakes)}`,
    fix: likely === undefined ? 'See `strake synth --dry-run` for all files.' : `Did you mean \`${likely}\`?`,
  });
}

function pathUnknown(object: string, path = '', explained: readonly Explained[] = []): Finding {
  const values = explained.flatMap(({ alone }) =>
    alone.manifests.flatMap((manifest) => explanationOf(alone, manifest).values.map((each) => each.path)),
  );
  const { likely, reached, below } = nearPaths(path, values);
  return finding({
    code: 'object-unknown',
    path: object,
    written: `nothing stands at \`${path}\``,
    allowed: `what stands ${reached === '' ? 'in the object' : `below \`${reached}\``}: ${listed(below)}`,
    fix: likely === undefined ? 'Leave the path out to see all of them.' : `Did you mean \`${likely}\`?`,
  });
}

function listed(names: readonly string[]): string {
  const shown = [...new Set(names)].slice(0, LONGEST_LIST).map((each) => `\`${each}\``);
  return `${shown.join(', ')}${names.length > LONGEST_LIST ? ', ...' : ''}`;
}

const LONGEST_LIST = 12;

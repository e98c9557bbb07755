import { resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import type { Config, Environment, Finding, LockedApplication } from '@strake/core';
import { sortFindings } from '@strake/core/tools';
import { annotated, plan, write } from '@strake/gitops';
import type { ObjectChange } from '../diff/object-change.ts';
import { differing, repositoryChanges, type DifferingManifests } from '../diff/repository-changes.ts';
import { diffJson, showDiff } from '../diff/show-diff.ts';
import { environmentNames, inEnvironmentOrder } from '../environment-order.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { withLines } from '../hard-change-lines.ts';
import type { Io } from '../io.ts';
import { openCluster, type Cluster } from '../live/cluster.ts';
import { kubeContexts } from '../live/kube-contexts.ts';
import { liveChanges } from '../live/live-changes.ts';
import { hasErrors, renderProject, wholeOf, type ProjectOptions } from '../rendered-project.ts';
import { findingJson, plural, showFindings } from '../show-findings.ts';
import { shownPath } from '../shown-path.ts';

export interface DiffOptions extends ProjectOptions {
  /** Compares with the clusters, and not with the repository. */
  readonly live?: boolean;
  /** `<context>` or `<environment>=<context>`. */
  readonly context?: readonly string[];
  readonly kubeconfig?: string;
  /** Under whose name the dry run applies. */
  readonly fieldManager?: string;
  readonly json?: boolean;
}

interface Difference {
  readonly changes: readonly ObjectChange[];
  readonly findings: readonly Finding[];
  /** What was compared with. */
  readonly against: string;
}

/** Says what a synth would change in the repository, or the agent in the clusters: per object and value. Changes nothing. */
export async function diff(options: DiffOptions, io: Io): Promise<ExitCode> {
  const start = performance.now();
  const { changes, findings, against } =
    options.live === true ? await liveDifference(options, io) : await repositoryDifference(options, io);
  if (options.json === true) showJson(changes, findings, io);
  else {
    showDiff(changes, io);
    showFindings(findings, io);
    const milliseconds = Math.round(performance.now() - start);
    if (!hasErrors(findings)) io.err(`${countText(changes)} ${against} (${milliseconds} ms)\n`);
  }
  if (hasErrors(findings)) return EXIT.failed;
  return changes.length > 0 ? EXIT.differs : EXIT.done;
}

async function repositoryDifference(options: DiffOptions, io: Io): Promise<Difference> {
  const whole = wholeOf(options);
  const folderOf = ({ repository }: Config, directory: string) =>
    options.out === undefined
      ? resolve(directory, repository?.path ?? 'gitops')
      : resolve(io.directory, options.out);
  const kept: DifferingManifests = new Map();
  // The configuration's folder is the one that it stands in.
  const directory = resolve(io.directory, options.config, '..');
  const { project, findings } = await renderProject(options, io.directory, (rendered, config) =>
    plan(
      config.project,
      differing(rendered, { directory: folderOf(config, directory), kept, planned: config }),
      { ...config, whole },
    ),
  );
  if (project === undefined || hasErrors(findings)) return { changes: [], findings, against: '' };
  const folder = folderOf(project.config, project.directory);
  // A file that was edited by hand is no reason not to say what differs in it.
  const written = write(project.result, folder, { dryRun: true, force: true });
  const changes = repositoryChanges(project.result, written.changes, folder, kept);
  const compared = { project, repository: folder, force: true };
  const told = await withLines(written.findings, compared, options);
  const all = sortFindings([...findings, ...told], environmentNames(project.config));
  return {
    changes: inEnvironmentOrder(changes, project.config),
    findings: all,
    against: `from ${shownPath(folder, io.directory) || '.'}`,
  };
}

async function liveDifference(options: DiffOptions, io: Io): Promise<Difference> {
  const { project, findings } = await renderProject(options, io.directory, asDelivered);
  if (project === undefined || hasErrors(findings)) return { changes: [], findings, against: '' };
  const all = [...findings];
  const changes: ObjectChange[] = [];
  const managers = new Set<string>();
  const byEnvironment = applicationsByEnvironment(project.result);
  const environments = [...byEnvironment.values()].flatMap(([first]) => first?.environment ?? []);
  const clusters = await openClusters(environments, options, all);
  for (const [name, applications] of byEnvironment) {
    const cluster = clusters.get(name);
    if (cluster === undefined) continue;
    const live = await liveChanges(applications, cluster, {
      agent: project.config.agent?.name,
      fieldManager: options.fieldManager,
      progress: (environment, text) => io.err(`${environment}: ${text}\n`),
    });
    changes.push(...live.changes);
    all.push(...live.findings);
    if (live.manager !== undefined) managers.add(`${name} (${cluster.target.context}) as ${live.manager}`);
  }
  const order = environmentNames(project.config);
  return { changes, findings: sortFindings(all, order), against: `from ${[...managers].join(', ')}` };
}

/** The applications with what the agent reads in their objects, as the repository has them. */
function asDelivered(rendered: Iterable<LockedApplication>, { agent }: Config): LockedApplication[] {
  const applications: LockedApplication[] = [];
  for (const each of rendered)
    applications.push({ ...each, manifests: each.manifests.map((manifest) => annotated(manifest, agent)) });
  return applications;
}

function applicationsByEnvironment(rendered: readonly LockedApplication[]) {
  const groups = new Map<string, LockedApplication[]>();
  for (const each of rendered) {
    const { name } = each.environment;
    groups.set(name, [...(groups.get(name) ?? []), each]);
  }
  return groups;
}

/** Environments of one context share a cluster, which is asked only once what it serves. */
async function openClusters(
  environments: readonly Environment[],
  { context = [], kubeconfig }: DiffOptions,
  findings: Finding[],
): Promise<ReadonlyMap<string, Cluster>> {
  const contexts = await kubeContexts(environments, { asked: context, kubeconfig });
  findings.push(...contexts.findings);
  const opened = new Map<string, Cluster>();
  return new Map(
    [...contexts.targets].map(([name, target]) => {
      const key = target.context ?? '';
      const cluster = opened.get(key) ?? openCluster(target);
      opened.set(key, cluster);
      return [name, cluster];
    }),
  );
}

function countText(changes: readonly ObjectChange[]): string {
  const pruned = changes.filter(({ change }) => change === 'pruned').length;
  const others = changes.length - pruned;
  const text =
    others === 0 ? 'no object differs' : `${plural(others, 'object')} ${others === 1 ? 'differs' : 'differ'}`;
  return pruned === 0 ? text : `${text}, and ${pruned} ${pruned === 1 ? 'is' : 'are'} no longer rendered,`;
}

function showJson(changes: readonly ObjectChange[], findings: readonly Finding[], io: Io): void {
  const shown = { objects: diffJson(changes, io), findings: findings.map((each) => findingJson(each, io)) };
  io.out(`${JSON.stringify(shown, null, 2)}\n`);
}

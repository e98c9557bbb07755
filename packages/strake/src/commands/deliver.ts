import { resolve } from 'node:path';
import process from 'node:process';
import { finding, StrakeError, type Config, type Finding } from '@strake/core';
import { findingsOf, sortFindings } from '@strake/core/tools';
import {
  deliver,
  folderSource,
  plan,
  planOfFolder,
  sourceRepository,
  type DeliverOptions,
  type DeliverResult,
  type Plan,
  type PlanSource,
} from '@strake/gitops';
import { definitionPackages } from '../definition-packages.ts';
import { deliveryModes } from '../delivery-modes.ts';
import { emergencyProblems, withoutPolicies } from '../emergency.ts';
import { environmentNames, inEnvironmentOrder } from '../environment-order.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { loadConfig, type LoadedConfig } from '../load-config.ts';
import { describing } from '../log/delivery-details.ts';
import { readHistory, type HistoryFile } from '../log/history-file.ts';
import { knowing, knownWriters, type KnownManifests, type KnownWriters } from '../log/known-writers.ts';
import { atOption } from '../option-names.ts';
import { hasErrors, renderProject, wholeOf, type ProjectOptions } from '../rendered-project.ts';
import { deliveryJson, showDelivery } from '../show-delivery.ts';
import { findingJson, showFindings } from '../show-findings.ts';
import { VERSION } from '../version.ts';

export interface DeliverCommandOptions extends ProjectOptions {
  /** Folder that `strake synth --out` has written, instead of a render; no configuration is loaded. */
  readonly from?: string;
  /** What `strake synth --history` has written beside that folder. */
  readonly history?: string;
  /** Which project of that folder. */
  readonly project?: string;
  /** Whether that folder holds all that the project has. */
  readonly whole?: boolean;
  /** Path or URL of the repository, instead of the configured one. */
  readonly repository?: string;
  readonly branch?: string;
  readonly mode?: readonly string[];
  readonly forge?: 'github' | 'gitlab';
  readonly reason?: string;
  /** Past pull requests and the analysis of canaries, where the platform allows it. */
  readonly emergency?: boolean;
  readonly author?: string;
  readonly sign?: boolean;
  readonly force?: boolean;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

/** What is to be delivered. `config` is undefined when it comes from a folder. */
interface Planned {
  readonly plan: Plan | PlanSource;
  /** Folder of the code. */
  readonly directory: string;
  readonly config?: Config;
  readonly packages: readonly string[];
  /** Environments of which the render says that they get a pull request. */
  readonly pullRequests?: readonly string[];
  /** Who wrote what in the plan as it is now. */
  known(): KnownWriters | undefined;
}

/** Delivers a project to its GitOps repository: one commit for each environment. */
export async function deliverProject(options: DeliverCommandOptions, io: Io): Promise<ExitCode> {
  const findings: Finding[] = options.emergency === true ? emergencyProblems(options) : [];
  if (hasErrors(findings)) return end(undefined, findings, options, io);
  const loaded = options.from === undefined ? await load(options, io, findings) : undefined;
  const planned =
    options.from === undefined
      ? loaded && rendered(loaded, options, io)
      : fromFolder(options.from, options, io, findings);
  const { modeOf, findings: wrong } = deliveryModes(options.mode ?? [], planned ?? {});
  findings.push(...wrong);
  if (options.from !== undefined && options.repository === undefined) findings.push(nowhere());
  if (planned === undefined || hasErrors(findings)) return end(undefined, findings, options, io);
  const result = await deliver(planned.plan, {
    ...(await target(planned, options, io)),
    modeOf,
    onProgress: (step) => io.err(`${io.colors.dim(step)}\n`),
  });
  const environments = inEnvironmentOrder(result.environments, planned.config);
  findings.push(...result.findings.map((each) => atOption(each)));
  const all = sortFindings(findings, environmentNames(planned.config));
  return end({ ...result, environments }, all, options, io);
}

async function load(
  options: DeliverCommandOptions,
  io: Io,
  report: Finding[],
): Promise<LoadedConfig | undefined> {
  try {
    return await loadConfig(options.config, io.directory);
  } catch (error) {
    report.push(...findingsOf(error, options.config));
    return undefined;
  }
}

/** A project that is rendered with the image locks and facts of the repository that it is delivered to, whatever is on disk. */
function rendered(loaded: LoadedConfig, options: DeliverCommandOptions, io: Io): Planned {
  const whole = wholeOf(options);
  const { config, directory } = loaded;
  let known: KnownManifests = new Map();
  const planFrom = async (folder: string): Promise<Plan> => {
    known = new Map();
    const { project, findings } = await renderProject(
      { ...options, loaded, out: folder },
      io.directory,
      (applications, used) => {
        const wanted = options.emergency === true ? withoutPolicies(applications) : applications;
        return plan(used.project, knowing(wanted, known), { ...used, whole, traced: true });
      },
    );
    const made = project?.result ?? { project: config.project, files: [], folders: [], findings: [] };
    return { ...made, findings: [...findings.map(pushedLock), ...made.findings] };
  };
  return {
    plan: { project: config.project, planFrom },
    directory,
    config,
    packages: definitionPackages(directory),
    known: () => knownWriters(known, directory),
  };
}

/** A lock that is on disk only is none here. */
function pushedLock(found: Finding): Finding {
  if (found.code !== 'image-not-locked') return found;
  return {
    ...found,
    fix: `${found.fix} Then commit and push the lock: \`deliver\` reads it from the repository.`,
  };
}

function fromFolder(from: string, options: DeliverCommandOptions, io: Io, report: Finding[]): Planned {
  const { project, env, app, whole = false } = options;
  const folder = planOfFolder(resolve(io.directory, from), {
    whole,
    ...(project && { project }),
    ...(env && { environments: env }),
    ...(app && { applications: app }),
  });
  const { directory } = io;
  const history = options.history === undefined ? undefined : historyOf(options.history, directory, report);
  return {
    plan: folderSource(folder),
    directory,
    packages: history?.packages ?? definitionPackages(directory),
    pullRequests: history?.pullRequests ?? [],
    known: () => history,
  };
}

function historyOf(file: string, directory: string, report: Finding[]): HistoryFile | undefined {
  try {
    return readHistory(resolve(directory, file), file);
  } catch (error) {
    if (!StrakeError.is(error)) throw error;
    report.push(...error.findings);
    return undefined;
  }
}

async function target(
  { config, directory, packages, known }: Planned,
  options: DeliverCommandOptions,
  io: Io,
): Promise<DeliverOptions> {
  const { repository: configured = {} } = config ?? {};
  const { repository, branch = configured.branch, forge = configured.forge, reason, author, sign } = options;
  const variables = process.env;
  const source = await sourceRepository(directory, variables);
  return {
    repository: repository ?? configured.url ?? configured.path ?? 'gitops',
    directory: repository === undefined ? directory : io.directory,
    variables,
    force: options.force === true,
    dryRun: options.dryRun === true,
    emergency: options.emergency === true,
    describe: (files) => describing(known())(files),
    provenance: {
      ...source,
      strake: VERSION,
      packages,
      ...(reason && { reason }),
    },
    ...(branch && { branch }),
    ...(forge && { forge }),
    ...(author && { author }),
    ...(sign !== undefined && { sign }),
  };
}

function end(
  result: DeliverResult | undefined,
  findings: readonly Finding[],
  { json, dryRun = false }: DeliverCommandOptions,
  io: Io,
): ExitCode {
  const all = sortFindings(findings);
  const { environments = [] } = result ?? {};
  if (json === true) {
    const shown = {
      ...deliveryJson(environments, dryRun),
      findings: all.map((each) => findingJson(each, io)),
    };
    io.out(`${JSON.stringify(shown, null, 2)}\n`);
  } else {
    showFindings(all, io);
    showDelivery(environments, dryRun, io);
  }
  if (!hasErrors(all)) return EXIT.done;
  if (environments.length === 0) io.err('nothing was delivered\n');
  else io.err('not everything was delivered; run it again once that is mended\n');
  return EXIT.failed;
}

function nowhere(): Finding {
  return finding({
    code: 'repository-location-invalid',
    path: '--repository',
    written: 'no repository, and no configuration is loaded with --from',
    allowed: 'a path or URL',
    fix: 'Name the repository with --repository.',
  });
}

import type { Finding, LockedApplication } from '@strake/core';
import { checkRules, type WaivedFinding } from '@strake/core/tools';
import { loadCrds } from './load-crds.ts';
import type { LoadedConfig } from './load-config.ts';
import type { ProjectOptions } from './rendered-project.ts';

/** What finished objects are checked against: schemas, and the rules that hold. */
export interface ObjectChecks {
  /** What is wrong with the files that say so. */
  readonly findings: readonly Finding[];
  /** What rules found so far and waivers permit. */
  readonly waived: readonly WaivedFinding[];
  /** Whether a waiver permits what the render found. */
  permits(finding: Finding): boolean;
  /** The applications as they come, each checked before it is used. */
  checked(
    applications: Iterable<LockedApplication>,
    report: (finding: Finding) => void,
  ): Generator<LockedApplication>;
}

/** Loads what a project's objects are checked against; nothing of it is loaded before. */
export async function objectChecks(
  { config, directory }: LoadedConfig,
  { app, env, today = new Date().toISOString().slice(0, 10) }: ProjectOptions,
): Promise<ObjectChecks> {
  const [{ recommended }, { schemaCheck }] = await Promise.all([
    import('@strake/checks'),
    import('@strake/checks/schemas'),
  ]);
  const { crds = [], severity = {} } = config.schemas ?? {};
  const loaded = await loadCrds(crds, directory);
  const environments = config.platform?.environments ?? [];
  const checkSchemas = await schemaCheck({
    kubernetes: environments.length === 0 ? ['1.36'] : environments.map(({ kubernetes }) => kubernetes),
    crds: loaded.crds,
    severity,
    writersOf: (manifest, steps) => manifest.writersOf?.(steps) ?? [],
  });
  const rules = checkRules({
    platform: config.platform,
    recommended,
    today,
    allApplications: app === undefined,
    allEnvironments: env === undefined,
  });
  return {
    findings: loaded.findings,
    waived: rules.waived,
    permits: (found) => rules.permits(found),
    *checked(applications, report) {
      for (const each of applications) {
        checkSchemas(each, (found) => report({ ...found, environments: [each.environment.name] }));
        rules.application(each, report);
        yield each;
      }
      rules.end(report);
    },
  };
}

import { finding, type Config, type Finding, type LockedApplication, type Manifest } from '@strake/core';

/** A configuration as it is rendered for an emergency, and why it may not be. */
export interface EmergencyConfig {
  readonly config: Config;
  readonly findings: readonly Finding[];
}

/** The configuration with its environments in emergency: refused for those of which the platform does not allow it. */
export function emergencyConfig(config: Config, wanted: readonly string[] | undefined): EmergencyConfig {
  const { platform } = config;
  const names = platform === undefined ? ['default'] : platform.environments.map(({ name }) => name);
  const findings = names
    .filter(
      (name) => wanted?.includes(name) !== false && platform?.environment(name)?.allowsEmergency !== true,
    )
    .map((name) => ({ ...notAllowed(name), environments: [name] }));
  return {
    config: platform === undefined ? config : { ...config, platform: platform.inEmergency() },
    findings,
  };
}

/**
 * Applications without the policies by which bots would choose other images than those that are delivered, and without the
 * markers: until the agent has removed the policies, a bot writes wherever it finds one.
 */
export function* withoutPolicies(rendered: Iterable<LockedApplication>): Generator<LockedApplication> {
  for (const each of rendered)
    yield {
      ...each,
      manifests: each.manifests.map(withoutMarkers),
      images: each.images.filter(({ reference }) => reference.policy === undefined),
    };
}

function withoutMarkers(manifest: Manifest): Manifest {
  if (manifest.comments === undefined) return manifest;
  const others = [...manifest.comments].filter(([, comment]) => !comment.includes('"$imagepolicy"'));
  return { ...manifest, comments: new Map(others) };
}

/** What an emergency lacks that the command line must say. */
export function emergencyProblems(options: { readonly reason?: string; readonly from?: string }): Finding[] {
  const problems: Finding[] = [];
  if ((options.reason ?? '').trim() === '')
    problems.push(refused('--reason', 'no reason', 'Say why with --reason.'));
  if (options.from !== undefined)
    problems.push(
      refused(
        '--from',
        'a rendered folder, of which nobody knows what the platform allows',
        'Deliver from the project itself, without --from.',
      ),
    );
  return problems;
}

function notAllowed(environment: string): Finding {
  return refused(
    `platform/${environment}`,
    `an emergency delivery to \`${environment}\`, which the platform does not allow`,
    'Deliver as usual, choose environments with --env, or have cluster operators write `emergency: true`.',
  );
}

function refused(path: string, written: string, fix: string): Finding {
  return finding({
    code: 'emergency-refused',
    path,
    written,
    allowed: 'an emergency with a reason, to environments of which the platform says `emergency: true`',
    fix,
  });
}

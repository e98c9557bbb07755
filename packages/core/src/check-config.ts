import type { Config } from './config.ts';
import { finding, type Finding, type Severity } from './finding.ts';
import { firstOfMany } from './first-of-many.ts';
import { isDnsLabel, nameInvalid } from './names.ts';
import { nearest } from './nearest.ts';
import type { Platform } from './platform.ts';
import type { RenderOptions } from './render.ts';
import { scopeState } from './scope.ts';
import { namesText, shortName } from './short-text.ts';
import type { Origin } from './source-line.ts';

/** Whether the configuration and what is asked of it fit together. */
export function checkConfig(config: Config, options: RenderOptions): Finding[] {
  const applications = Object.keys(config.applications);
  const classes = new Set(Object.values(config.applications));
  const environments = config.platform?.environments.map(({ name }) => name) ?? ['default'];
  return [
    ...invalidNames([config.project, ...applications, ...environments, ...namespacesOf(config)]),
    ...applications
      .filter((name) => name === 'platform')
      .map((name) =>
        finding({
          code: 'name-invalid',
          path: 'strake.config.ts',
          written: `an application is named \`${name}\``,
          allowed: 'any other name: that folder holds what applications share',
          fix: 'Rename the application.',
        }),
      ),
    ...(config.platform?.findings ?? []),
    ...Object.entries(config.platform?.applications ?? {}).flatMap(([name, each]) =>
      unknownNames('environment', [each.environments ?? []].flat(), environments, {
        path: `platform/${name}`,
      }),
    ),
    ...unknownNames('environment', options.environments ?? [], environments, { path: 'environments' }),
    ...unknownNames('application', options.applications ?? [], [...applications, 'platform'], {
      path: 'applications',
    }),
    ...(config.operations ?? [])
      .filter(({ application }) => !classes.has(application))
      .map(({ application, origin }) =>
        finding({
          code: 'application-unknown',
          path: 'strake.config.ts',
          origins: [origin],
          written: `operations for \`${application.name}\``,
          allowed: 'operations for a class that stands under `applications`',
          fix: `Add \`${application.name}\` to \`applications\`, or remove the operations.`,
        }),
      ),
    ...unknownSelections(config.platform, environments, applications),
  ];
}

/** What is wrong with names that become those of folders and objects. */
function invalidNames(names: readonly string[]): Finding[] {
  const { first, next, more } = firstOfMany(names.filter((name) => !isDnsLabel(name)));
  const told = first.map((name) => nameInvalid('strake.config.ts', name, []));
  const [like] = told;
  if (like === undefined || more === 0) return told;
  const written = `${more} more names like these, from \`${shortName(next)}\` on`;
  return [...told, { ...like, written, fix: 'Rename them as well.' }];
}

/** What is wrong with the scopes that a platform supplies. */
export function checkSupplies(platform: Platform | undefined): Finding[] {
  return (platform?.supplies ?? []).flatMap(({ scope, origin }) => {
    const state = scopeState.get(scope);
    if (state === undefined) {
      return [
        finding({
          code: 'config-invalid',
          path: `platform/${platform?.name}`,
          origins: [origin],
          written: 'supply() gets something that is not a scope',
          allowed: 'scopes, as their factories make them',
          fix: 'Call the factory: supply(network()).',
        }),
      ];
    }
    return state.parsed.ok ? [] : state.parsed.findings(`platform/${scope.name}`);
  });
}

/** Every namespace that an environment gives an application, each once. */
function namespacesOf({ platform, applications }: Config): string[] {
  const names = (platform?.environments ?? []).flatMap((environment) =>
    Object.keys(applications).map((application) => environment.namespaceOf(application)),
  );
  return [...new Set(names)].filter((name) => !(name in applications));
}

/** What a selector names and nothing has: the scope would hold nowhere, and nobody would be told. */
function unknownSelections(
  platform: Platform | undefined,
  environments: readonly string[],
  applications: readonly string[],
): Finding[] {
  const tiers = [...new Set((platform?.environments ?? []).map(({ tier }) => tier))];
  return (platform?.supplies ?? []).flatMap(({ selector, origin, scope }) => {
    const place = { path: `platform/${scope.name}`, origin };
    return [
      ...unknownNames('environment', [selector.environments ?? []].flat(), environments, place),
      ...unknownNames('environment', [selector.tier ?? []].flat(), tiers, { ...place, noun: 'tier' }),
      ...unknownNames('application', [selector.applications ?? []].flat(), applications, {
        ...place,
        severity: 'warning',
      }),
    ];
  });
}

interface NamedAt {
  readonly path: string;
  readonly origin?: Origin;
  readonly severity?: Severity;
  /** What is named, where that is not the kind itself. */
  readonly noun?: string;
}

function unknownNames(
  kind: 'environment' | 'application',
  wanted: readonly string[],
  known: readonly string[],
  { path, origin, severity = 'error', noun = kind }: NamedAt,
): Finding[] {
  const names = new Set(known);
  // That another value is no name is said where it was parsed.
  const isUnknown = (name: string) => typeof name === 'string' && !names.has(name);
  const { first, next, more } = firstOfMany(wanted.filter(isUnknown));
  const unknown = (written: string, likely?: string) =>
    finding({
      code: `${kind}-unknown`,
      severity,
      path,
      origins: [origin],
      written,
      allowed: namesText(known),
      fix: likely === undefined ? `Name one of the ${noun}s that exist.` : `Did you mean \`${likely}\`?`,
    });
  return [
    ...first.map((name) => unknown(`the ${noun} \`${shortName(name)}\``, nearest(name, known))),
    ...(more === 0 ? [] : [unknown(`${more} more ${noun}s, from \`${shortName(next)}\` on`)]),
  ];
}

import { finding, type Finding, type Manifest, type RenderedApplication, type Writer } from '@strake/core';
import { isCustomDefinition } from './custom-definition.ts';
import { KUBERNETES_VERSIONS } from './kubernetes-versions.ts';
import type { SchemaProblem } from './schema-problem.ts';
import { schemasOf, type SchemaOptions, type Schemas } from './schemas.ts';

/** Which schemas rendered applications are checked against. */
export interface SchemaCheckOptions extends Omit<SchemaOptions, 'kubernetes'> {
  /** The Kubernetes versions of all environments that are checked. */
  readonly kubernetes: readonly string[];
  /**
   * Who decided what stands at a place of an object.
   * @default - whoever made the object
   */
  readonly writersOf?: (manifest: Manifest, steps: readonly string[]) => readonly Writer[];
}

/** Checks the objects of one application in one environment. */
export type SchemaCheck = (rendered: RenderedApplication, report: (found: Finding) => void) => void;

/** Loads the schemas that a project needs, and checks rendered applications against those of their environments. */
export async function schemaCheck(options: SchemaCheckOptions): Promise<SchemaCheck> {
  const { kubernetes, writersOf = creator, ...rest } = options;
  const versions = [...new Set(kubernetes)];
  const loaded = new Map(
    await Promise.all(
      versions.map(async (version) => [version, await schemasOf({ ...rest, kubernetes: version })] as const),
    ),
  );
  const said = new Set<string>();
  return ({ environment, application, manifests }, report) => {
    const schemas = loaded.get(environment.kubernetes);
    if (schemas === undefined)
      throw new RangeError(`schemas of Kubernetes ${environment.kubernetes} are not loaded`);
    if (!schemas.isVersionSupported && !said.has(environment.name)) {
      said.add(environment.name);
      report(unsupported(environment.kubernetes, environment.name, schemas));
    }
    for (const { object } of manifests) if (isCustomDefinition(object)) schemas.add(object);
    for (const manifest of manifests) {
      for (const problem of schemas.check(manifest.object)) {
        report(asFinding(problem, { application, manifest, writers: writersOf(manifest, problem.steps) }));
      }
    }
  };
}

function creator({ writer }: Manifest): readonly Writer[] {
  return writer === undefined ? [] : [writer];
}

function asFinding(
  { code, severity, pointer, written, allowed, fix }: SchemaProblem,
  place: { readonly application: string; readonly manifest: Manifest; readonly writers: readonly Writer[] },
): Finding {
  const { kind, metadata } = place.manifest.object;
  const object = `${kind} \`${metadata.name}\``;
  return finding({
    code,
    severity,
    path: place.writers[0]?.path ?? place.application,
    origins: place.writers.map(({ origin }) => origin),
    written: `${pointer === '' ? object : `\`${pointer}\` of ${object}`}: ${written}`,
    allowed,
    fix,
  });
}

function unsupported(written: string, environment: string, { version }: Schemas): Finding {
  return finding({
    code: 'version-unsupported',
    severity: 'warning',
    path: environment,
    written: `Kubernetes \`${written}\`; objects are checked against the schemas of ${version} instead`,
    allowed: KUBERNETES_VERSIONS.join(', '),
    fix: 'Give the environment one of these versions, or take a Strake that knows the version.',
  });
}

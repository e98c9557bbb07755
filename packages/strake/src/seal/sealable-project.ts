import {
  Claim,
  defineScope,
  Platform,
  propertiesOf,
  renderEach,
  StrakeError,
  type Config,
  type Finding,
  type Inputs,
  type JsonValue,
} from '@strake/core';
import { sortFindings } from '@strake/core/tools';
import * as z from 'zod';
import { loadConfig } from '../load-config.ts';
import { loadInputs } from '../load-inputs.ts';
import { atOption } from '../option-names.ts';
import { readSealedFile, type SealedFile } from './sealed-file.ts';
import { SEALING_SCOPES, type SealingScope } from './sealing.ts';

/** A claim of a project for which values can be sealed. */
export interface SealableClaim {
  readonly environment: string;
  readonly application: string;
  /** Path of the component that claims. */
  readonly path: string;
  /** Name of the Secret. */
  readonly name: string;
  readonly namespace: string;
  readonly keys: readonly string[];
  /** Path of its data file in the project. */
  readonly file: string;
  /** What the data file says; undefined where there is none, or one of another form. */
  readonly held: SealedFile | undefined;
  /** Widest scope that values may be sealed for. */
  readonly widest: SealingScope;
  /** The certificate that the platform names: a file or URL, and its fingerprint. */
  readonly certificate: { readonly place: string; readonly fingerprint: string | undefined } | undefined;
}

/** A project as far as it can be sealed for. */
export interface SealableProject {
  /** Folder that the paths of the project are relative to. */
  readonly directory: string;
  readonly claims: readonly SealableClaim[];
  readonly findings: readonly Finding[];
  /** What would be wrong if the data file of a claim had this content. */
  problemsWith(claim: SealableClaim, content: JsonValue): readonly Finding[];
}

const FOLDER = 'sealed';

/** The scope of @strake/scopes, which supplies what is sealed: known by its name, as any package's would be. */
const sealedSecrets = defineScope({
  name: 'sealed-secrets',
  package: '@strake/scopes',
  summary: 'Fulfils secret claims with SealedSecrets.',
  properties: z.unknown(),
});

const settingsSchema = z.object({
  scope: z.enum(SEALING_SCOPES).default('strict'),
  certificate: z
    .object({ url: z.string().optional(), file: z.string().optional(), fingerprint: z.string().optional() })
    .optional(),
});

/** Loads a project and finds its claims by rendering it, with a scope of our own among those of its platform. */
export async function sealableProject(
  options: { readonly config: string; readonly env?: readonly string[] },
  directory: string,
): Promise<SealableProject> {
  const loaded = await loadConfig(options.config, directory);
  const { inputs, findings } = await loadInputs(loaded.config, loaded.directory);
  const { env: environments } = options;
  const first = claimsOf(loaded.config, { inputs, ...(environments && { environments }) });
  return {
    directory: loaded.directory,
    claims: first.claims,
    findings: sortFindings([...findings, ...first.findings]),
    problemsWith: ({ environment, application, path, file }, content) => {
      const changed = new Map([...inputs, [file.replace(/\.yaml$/, ''), content]]);
      const selected = { inputs: changed, environments: [environment], applications: [application] };
      return claimsOf(loaded.config, selected).findings.filter((each) => each.path === path);
    },
  };
}

interface Selected {
  readonly inputs: Inputs;
  readonly environments?: readonly string[];
  readonly applications?: readonly string[];
}

function claimsOf(config: Config, selected: Selected) {
  const claims: SealableClaim[] = [];
  const findings: Finding[] = [];
  const platform = config.platform ?? new Platform('default', { environments: { default: {} } });
  const collected = { ...config, platform: platform.supply(collector((claim) => claims.push(claim))) };
  try {
    for (const _ of renderEach(collected, selected, (each) => findings.push(atOption(each))));
  } catch (error) {
    if (!StrakeError.is(error)) throw error;
    findings.push(...error.findings.map((each) => atOption(each)));
  }
  return { claims, findings: sortFindings(findings) };
}

function collector(found: (claim: SealableClaim) => void) {
  return defineScope({
    name: 'sealable-claims',
    package: 'strake',
    summary: 'Collects the claims that values can be sealed for.',
    inputs: FOLDER,
    knows: { sealed: sealedSecrets },
    properties: propertiesOf<{}>()({}),
    application({ environment, application, namespace, components, known, input, inputPath }) {
      const settings = settingsSchema.safeParse(known.sealed).data;
      if (settings === undefined) return;
      const { url, file, fingerprint } = settings.certificate ?? {};
      const place = url ?? file;
      for (const component of components) {
        const claim = Claim.tryOf(component);
        if (claim?.kind !== 'secret') continue;
        found({
          environment: environment.name,
          application,
          path: component.node.path,
          name: claim.name,
          namespace,
          keys: [...new Set(claim.keys)],
          file: inputPath(claim.name),
          held: readSealedFile(input(claim.name)),
          widest: settings.scope,
          certificate: place === undefined ? undefined : { place, fingerprint },
        });
      }
    },
  })();
}

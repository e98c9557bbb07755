import { resolve } from 'node:path';
import { StrakeError } from '@strake/core';
import { findingsOf } from '@strake/core/tools';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { findingJson, plural, showFindings } from '../show-findings.ts';
import type { Certificate } from '../seal/certificate.ts';
import { checkForm, chosenClaim, nameOf } from '../seal/chosen-claim.ts';
import type { FetchOptions } from '../seal/fetch-certificate.ts';
import { importedManifest } from '../seal/imported-manifest.ts';
import { isUsable } from '../seal/key-states.ts';
import { listClaims } from '../seal/list-claims.ts';
import { loadCertificate } from '../seal/load-certificate.ts';
import { checkKept, openKeys, sealValues, writeClaim } from '../seal/seal-claim.ts';
import { sealableProject, type SealableClaim, type SealableProject } from '../seal/sealable-project.ts';
import { listOf, optionError } from '../seal/seal-error.ts';
import type { SealedValue } from '../seal/sealed-file.ts';
import { isSealingScope, isWider, SEALING_SCOPES, type Sealing } from '../seal/sealing.ts';
import { processInput, type SecretInput } from '../seal/secret-input.ts';
import { secretValues } from '../seal/secret-values.ts';

export interface SealOptions {
  /** The configuration file. */
  readonly config: string;
  /** Names of environments. */
  readonly env?: readonly string[];
  /** Keys to seal values for; those without a usable value when left out. */
  readonly key?: readonly string[];
  /** File or https URL of the certificate, instead of the platform's. */
  readonly cert?: string;
  /** Fingerprint that the certificate must have, instead of the platform's. */
  readonly fingerprint?: string;
  readonly scope?: string;
  /** Takes every byte as it is piped in, and an empty value too. */
  readonly exact?: boolean;
  /** A SealedSecret whose values are taken over. */
  readonly import?: string;
  /** Says what is sealed and what is not. */
  readonly list?: boolean;
  readonly json?: boolean;
}

/** What a test, or another program, has instead of the process. */
export interface SealEdge extends FetchOptions {
  readonly input?: SecretInput;
}

/** Seals values for a claim of the project, or says which claims want some. No value is ever printed. */
export async function seal(
  named: string | undefined,
  options: SealOptions,
  io: Io,
  edge: SealEdge = {},
): Promise<ExitCode> {
  try {
    const project = await sealableProject(options, io.directory);
    if (options.list === true) {
      listClaims(project, { named, json: options.json === true }, io);
      return EXIT.done;
    }
    const claim = chosenClaim(project, named, options.env);
    const done =
      options.import === undefined
        ? await sealed(project, claim, options, { ...edge, directory: io.directory })
        : await imported(project, claim, options, io.directory);
    show(claim, done, options, io);
    return EXIT.done;
  } catch (error) {
    const findings = findingsOf(error, options.config);
    if (options.json === true) {
      io.out(`${JSON.stringify({ findings: findings.map((each) => findingJson(each, io)) }, null, 2)}\n`);
    } else {
      showFindings(findings, io);
      io.err('nothing was sealed\n');
    }
    if (StrakeError.is(error)) return EXIT.failed;
    throw error;
  }
}

/** What stands in the file of a claim that did not before. */
interface Sealed {
  readonly sealing: Sealing;
  readonly values: ReadonlyMap<string, SealedValue>;
  readonly certificate?: Certificate;
  /** Whether the line break at the end of the input is not part of the value. */
  readonly isCut?: boolean;
}

async function sealed(
  project: SealableProject,
  claim: SealableClaim,
  options: SealOptions,
  { input = processInput(), directory, ...edge }: SealEdge & { readonly directory: string },
): Promise<Sealed> {
  checkForm(project, claim);
  const sealing = sealingFor(claim, options.scope);
  const open = openKeys(claim, sealing);
  const named = options.key;
  if (named === undefined && input.kind === 'person' && open.length === 0)
    return { sealing, values: new Map() };
  const certificate = await loadCertificate(wantedCertificate(claim, project, options, directory), edge);
  if (input.kind === 'person') checkKept(claim, sealing, named ?? open);
  const exact = options.exact === true;
  const { values, isCut } = await secretValues({ claim, named, open, exact }, input);
  checkKept(claim, sealing, values.keys());
  const sealed = sealValues(values, sealing, certificate);
  await writeClaim(project, claim, sealing, sealed);
  return { sealing, values: sealed, certificate, isCut };
}

async function imported(
  project: SealableProject,
  claim: SealableClaim,
  options: SealOptions,
  directory: string,
): Promise<Sealed> {
  const beside = (['key', 'cert', 'fingerprint', 'scope', 'exact'] as const).filter(
    (each) => options[each] !== undefined,
  );
  if (beside.length > 0) {
    const others = beside.map((each) => `--${each}`).join(', ');
    throw optionError('--import', `given beside ${others}`, 'an import by itself', `Leave out ${others}.`);
  }
  const file = resolve(directory, options.import ?? '');
  const isInPlace = file === resolve(project.directory, claim.file);
  if (!isInPlace) checkForm(project, claim);
  const { sealing, encryptedData } = await importedManifest(file, directory);
  const values = new Map(
    Object.entries(encryptedData).map(([key, value]) => [key, { value, fingerprint: undefined }]),
  );
  checkKept(claim, sealing, values.keys());
  await writeClaim(project, claim, sealing, values);
  return { sealing, values };
}

/** The scope of the command line, else that of the values which are there, else the narrowest. */
function sealingFor(claim: SealableClaim, text: string | undefined): Sealing {
  const { name, namespace, widest, held } = claim;
  const scope = text ?? (isUsable(claim) ? held?.scope : undefined) ?? 'strict';
  if (isSealingScope(scope) && !isWider(scope, widest)) return { name, namespace, scope };
  const allowed = SEALING_SCOPES.filter((each) => !isWider(each, widest));
  throw optionError(
    '--scope',
    isSealingScope(scope) ? `given as \`${scope}\`` : 'given in another form',
    listOf(allowed),
    'Choose a narrower one, or allow it on the platform: `sealedSecrets({ scope })`.',
  );
}

function wantedCertificate(
  { certificate }: SealableClaim,
  project: SealableProject,
  { cert, fingerprint = certificate?.fingerprint }: SealOptions,
  directory: string,
) {
  if (cert !== undefined) return { place: cert, fingerprint, directory };
  if (certificate !== undefined)
    return { place: certificate.place, fingerprint, directory: project.directory };
  throw optionError(
    '--cert',
    'missing, and the platform names no certificate',
    "a file, or an https URL, with the certificate of the environment's cluster",
    'Get it with `kubeseal --fetch-cert`, and give it here or on the platform: `sealedSecrets({ certificate })`.',
  );
}

function show(claim: SealableClaim, done: Sealed, { json }: SealOptions, io: Io): void {
  const { sealing, values, certificate, isCut } = done;
  const keys = [...values.keys()];
  const missing = openKeys(claim, sealing).filter((key) => !values.has(key));
  if (json === true) {
    const { environment, application, name, namespace, file } = claim;
    const { fingerprint } = certificate ?? {};
    const where = { environment, application, claim: name, namespace, scope: sealing.scope, file };
    const result = { ...where, certificate: fingerprint, sealed: keys, missing, findings: [] };
    io.out(`${JSON.stringify(result, null, 2)}\n`);
    return;
  }
  for (const key of keys) io.out(`${claim.file}  ${key}\n`);
  if (isCut === true) io.err('the line break at the end is not part of the value; --exact keeps it\n');
  if (certificate !== undefined) io.err(`sealed with the certificate ${certificate.fingerprint}\n`);
  io.err(`sealed ${plural(keys.length, 'value')} for ${nameOf(claim)} in ${claim.environment}`);
  io.err(missing.length > 0 ? `; still missing: ${missing.join(', ')}\n` : '; none is missing\n');
}

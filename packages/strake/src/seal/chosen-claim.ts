import { StrakeError, type Finding } from '@strake/core';
import { nearest } from '@strake/core/tools';
import type { SealableClaim, SealableProject } from './sealable-project.ts';
import { listOf, optionError, sealError } from './seal-error.ts';

/** The one claim that a command line names. What was written is not repeated: it could be a value in the wrong place. */
export function chosenClaim(
  { claims, findings }: SealableProject,
  named: string | undefined,
  environments: readonly string[] | undefined,
): SealableClaim {
  const errors = findings.filter(({ severity, code }) => severity === 'error' && !code.startsWith('secret-'));
  const known = [...new Set(claims.map(nameOf))].toSorted();
  // An environment that is not there has no claims, and what is wrong with them is not known.
  if (errors.some(({ path }) => path === '--env')) throw new StrakeError(errors);
  const meant = claims.filter((each) => nameOf(each) === named);
  if (meant.length === 0) throw new StrakeError([unknown(named, known), ...errors]);
  const [claim, another] = meant;
  if (claim === undefined || another !== undefined || (environments?.length ?? 0) > 1) {
    throw optionError(
      '--env',
      environments === undefined ? 'missing' : 'given more than once',
      `one of ${listOf(meant.map(({ environment }) => environment))}`,
      'Name the one environment to seal for: each cluster has a key of its own.',
    );
  }
  return claim;
}

/** Throws where the claim's file has another form, so that nothing in it is lost. */
export function checkForm({ findings }: SealableProject, { path, file }: SealableClaim): void {
  const broken = findings.filter(
    (each) => each.code === 'input-invalid' && (each.path === path || each.path === file),
  );
  if (broken.length > 0) throw new StrakeError(broken);
}

/** How a command line names a claim. */
export function nameOf({ application, name }: SealableClaim): string {
  return `${application}/${name}`;
}

function unknown(named: string | undefined, known: readonly string[]): Finding {
  const likely = nearest(named ?? '', known);
  const [found] = sealError({
    code: 'claim-unknown',
    path: 'strake seal',
    written: named === undefined ? 'no claim is named' : 'a claim that is not supplied by `sealedSecrets()`',
    allowed: known.length === 0 ? 'a secret claim' : listOf(known),
    fix: fixFor(known, likely),
  }).findings;
  if (found === undefined) throw new TypeError('an error without a finding');
  return found;
}

function fixFor(known: readonly string[], likely: string | undefined): string {
  if (likely !== undefined) return `Did you mean \`${likely}\`?`;
  return known.length === 0
    ? 'Add a `SecretClaim` to an application, and supply `sealedSecrets()` on the platform.'
    : 'Name one of them: <application>/<claim>.';
}

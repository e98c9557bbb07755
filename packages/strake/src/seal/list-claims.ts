import type { Io } from '../io.ts';
import { findingJson, plural, showFindings } from '../show-findings.ts';
import { showTable } from '../show-table.ts';
import { nameOf } from './chosen-claim.ts';
import { keyStates } from './key-states.ts';
import type { SealableProject } from './sealable-project.ts';

/** Prints the claims of a project with the state of their keys; with a name, those of that name. */
export function listClaims(
  project: SealableProject,
  { named, json }: { readonly named: string | undefined; readonly json: boolean },
  io: Io,
): void {
  const claims = project.claims.filter((claim) => named === undefined || nameOf(claim) === named);
  const findings = project.findings.filter(
    ({ severity, code }) => severity === 'error' && !code.startsWith('secret-'),
  );
  if (json) {
    const shown = claims.map(({ environment, application, name, namespace, file, held, ...claim }) => ({
      environment,
      application,
      claim: name,
      namespace,
      file,
      scope: held?.scope,
      keys: [...keyStates({ environment, application, name, namespace, file, held, ...claim })].map(
        ([key, state]) => ({ key, state, certificate: held?.certificates[key] }),
      ),
    }));
    const said = findings.map((each) => findingJson(each, io));
    io.out(`${JSON.stringify({ claims: shown, findings: said }, null, 2)}\n`);
    return;
  }
  showFindings(findings, io);
  const rows = claims.flatMap((claim) =>
    [...keyStates(claim)].map(([key, state]) => [claim.environment, nameOf(claim), key, state]),
  );
  showTable(rows, io);
  const open = rows.filter(([, , , state]) => state !== 'sealed').length;
  io.err(`${plural(claims.length, 'claim')}, ${plural(rows.length, 'key')}, ${open} to be sealed\n`);
}

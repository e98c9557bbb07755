import { finding, type Finding } from './finding.ts';
import type { GivenWaiver, Waiver } from './rule-settings.ts';

/** What is found where, as waivers name it. */
export interface WaivablePlace {
  /** Code of the rule. */
  readonly rule: string;
  /** Name of the environment. */
  readonly environment: string;
  readonly application: string;
  /** Kind and name: `Deployment/web`. */
  readonly object: string;
}

/** The waiver that permits what was found in a place; one whose last day is over permits nothing. */
export function waiverFor(
  place: WaivablePlace,
  given: readonly GivenWaiver[],
  today: string,
): Waiver | undefined {
  const fitting = given.filter(({ waiver }) => fits(waiver, place));
  for (const each of fitting) each.isUsed = true;
  return fitting.find(({ waiver }) => !isExpired(waiver, today))?.waiver;
}

function fits({ rule, environment, application, object }: Waiver, place: WaivablePlace): boolean {
  return (
    rule === place.rule &&
    (environment ?? place.environment) === place.environment &&
    (application ?? place.application) === place.application &&
    (object ?? place.object) === place.object
  );
}

/** Dates as ISO 8601 writes them compare as texts do. */
function isExpired({ until }: Waiver, today: string): boolean {
  return until < today;
}

/** Findings about waivers that permit nothing: any longer, or at all. */
export function uselessWaivers(
  given: readonly GivenWaiver[],
  { today, whole }: { readonly today: string; readonly whole: boolean },
): Finding[] {
  return given.flatMap((each) => {
    if (isExpired(each.waiver, today)) return [expired(each)];
    return each.isUsed || !whole ? [] : [unused(each)];
  });
}

function expired({ waiver, origin, isUsed }: GivenWaiver): Finding {
  return finding({
    code: 'waiver-expired',
    severity: 'warning',
    path: 'rules',
    origins: [origin],
    written: `${waiverText(waiver)} ended with ${waiver.until}: ${waiver.reason}`,
    allowed: 'waivers whose last day is not over',
    fix: isUsed ? 'Mend what it permitted, or set a new date with a new reason.' : 'Remove it.',
  });
}

function unused({ waiver, origin }: GivenWaiver): Finding {
  return finding({
    code: 'waiver-unused',
    severity: 'warning',
    path: 'rules',
    origins: [origin],
    written: `${waiverText(waiver)} permits nothing that a rule finds`,
    allowed: 'waivers of findings that there are',
    fix: 'Remove it, or correct what it names.',
  });
}

function waiverText({ rule, environment, application, object }: Waiver): string {
  const where = [environment, application, object].filter((each) => each !== undefined);
  return `the waiver of \`${rule}\`${where.length === 0 ? '' : ` for \`${where.join(' ')}\``}`;
}

import { selects, type Supply } from './platform.ts';
import type { Environment } from './environment.ts';
import type { Severity } from './finding.ts';
import type { Rule } from './rule.ts';
import { scopeState } from './scope.ts';
import type { Origin } from './source-line.ts';

/** Permission to break one rule in one place for a time. */
export interface Waiver {
  /** Code of the rule: `require-image-tag`. */
  readonly rule: string;
  /**
   * Name of the environment.
   * @default - every environment that the scope holds for
   */
  readonly environment?: string;
  /**
   * Name of the application.
   * @default - every application that the scope holds for
   */
  readonly application?: string;
  /**
   * Kind and name of the object: `Deployment/web`.
   * @default - every object
   */
  readonly object?: string;
  /** Why it is permitted, for whoever reads it when it ends. */
  readonly reason: string;
  /** Last day on which it is permitted: `2027-01-31`. */
  readonly until: string;
}

/** What a scope says about rules. */
export interface RuleSettings {
  /**
   * The rules that hold, in place of the recommended ones.
   * @default - the recommended rules
   */
  readonly hold?: readonly Rule[];
  /**
   * Severities other than the rules' own, by code.
   * @default - the rules' own
   */
  readonly severity?: Readonly<Record<string, Severity>>;
  /** @default - no waivers */
  readonly waive?: readonly Waiver[];
}

/** A waiver of a platform, and whether it was of use in this run. */
export interface GivenWaiver {
  readonly waiver: Waiver;
  /** Line that supplies the scope with it. */
  readonly origin: Origin;
  isUsed: boolean;
}

/** The settings of one supplied scope. */
export interface SuppliedRules {
  readonly supply: Supply;
  readonly settings: RuleSettings;
  readonly waivers: readonly GivenWaiver[];
}

/** What holds for one application in one environment. */
export interface HoldingRules {
  readonly rules: readonly Rule[];
  readonly waivers: readonly GivenWaiver[];
  severityOf(rule: Rule): Severity;
}

/** The settings that a platform's scopes say, in the order in which they are supplied. */
export function suppliedRules(supplies: readonly Supply[]): SuppliedRules[] {
  return supplies.flatMap((supply) => {
    const settings = scopeState.get(supply.scope)?.rules?.();
    if (settings === undefined) return [];
    const waivers = (settings.waive ?? []).map((waiver) => ({
      waiver,
      origin: supply.origin,
      isUsed: false,
    }));
    return [{ supply, settings, waivers }];
  });
}

/** What the scopes that hold for an application come to: their rules and waivers together, of severities the last. */
export function holdingRules(
  supplied: readonly SuppliedRules[],
  { environment, application }: { readonly environment: Environment; readonly application: string },
  recommended: readonly Rule[],
): HoldingRules {
  const holding = supplied.filter(({ supply }) => selects(supply.selector, environment, application));
  const lists = holding.flatMap(({ settings }) => (settings.hold === undefined ? [] : [settings.hold]));
  const severities = Object.assign({}, ...holding.map(({ settings }) => settings.severity ?? {}));
  return {
    rules: lists.length === 0 ? recommended : [...new Set(lists.flat())],
    waivers: holding.flatMap(({ waivers }) => waivers),
    severityOf: ({ code, severity }) => severities[code] ?? severity,
  };
}

import { attempt } from './compose.ts';
import { finding, type Finding } from './finding.ts';
import { nearest } from './nearest.ts';
import type { Platform } from './platform.ts';
import type { RenderedApplication } from './render.ts';
import type { ObjectPlace, Rule, RuleFinding, RuleTarget } from './rule.ts';
import { objectText, ruleFinding } from './rule-finding.ts';
import {
  holdingRules,
  suppliedRules,
  type HoldingRules,
  type SuppliedRules,
  type Waiver,
} from './rule-settings.ts';
import { ObjectIndex, ruleTarget } from './rule-target.ts';
import { uselessWaivers, waiverFor, type WaivablePlace } from './waivers.ts';

/** What the finished objects are checked against. */
export interface RuleCheckOptions {
  /** The platform, whose scopes may say which rules hold. */
  readonly platform?: Platform | undefined;
  /** The rules that hold where no scope says otherwise. */
  readonly recommended: readonly Rule[];
  /** The day on which waivers are judged: `2026-11-22`. */
  readonly today: string;
  /**
   * Whether all applications are checked. If not, what relates applications is left out.
   * @default true
   */
  readonly allApplications?: boolean;
  /**
   * Whether all environments are checked. If not, no waiver is taken for unused.
   * @default true
   */
  readonly allEnvironments?: boolean;
}

/** A finding that a waiver permits. */
export interface WaivedFinding {
  readonly rule: string;
  readonly environment: string;
  readonly application: string;
  /** Kind and name: `Deployment/web`. */
  readonly object: string;
  readonly written: string;
  readonly reason: string;
  readonly until: string;
}

/** A check of applications that come one after the other; none of them is kept. */
export interface RuleCheck {
  application(rendered: RenderedApplication, report: (finding: Finding) => void): void;
  /** Whether a waiver permits a finding of the render that says how to waive it, such as a Secret in plain text. */
  permits(finding: Finding): boolean;
  /** What can be said only when the last application is checked. */
  end(report: (finding: Finding) => void): void;
  /** What was permitted so far. */
  readonly waived: readonly WaivedFinding[];
}

/** What rules keep of one cluster until its last application is checked. */
interface ClusterState {
  readonly index: ObjectIndex;
  readonly kept: Map<Rule, unknown[]>;
}

type Report = (finding: Finding) => void;

/** Checks finished objects against the rules that hold for them. Cost and memory grow with the objects, never with pairs. */
export function checkRules(options: RuleCheckOptions): RuleCheck {
  return new StreamedCheck(options);
}

class StreamedCheck implements RuleCheck {
  readonly waived: WaivedFinding[] = [];
  readonly options: RuleCheckOptions;
  readonly supplied: readonly SuppliedRules[];
  readonly clusters = new Map<string, ClusterState>();
  readonly held = new Set<Rule>();
  #held: readonly Rule[] | undefined;

  constructor(options: RuleCheckOptions) {
    this.options = options;
    this.supplied = suppliedRules(options.platform?.supplies ?? []);
  }

  application(rendered: RenderedApplication, report: Report): void {
    const { application, environment } = rendered;
    const { recommended, allApplications = true } = this.options;
    const { target, index } = ruleTarget(rendered, this.#isShared(environment.cluster));
    const holding = holdingRules(this.supplied, rendered, recommended);
    const cluster = this.cluster(environment.cluster);
    if (allApplications) cluster.index.addAll(index);
    const guard = { application, report: inEnvironment(report, environment.name) };
    this.#hold(holding.rules);
    for (const rule of holding.rules) {
      attempt(guard, undefined, () => {
        rule.check?.(target, ({ at, ...said }) =>
          this.judge(rule, holding, { ...said, at: target.place(at) }, report),
        );
        if (allApplications) gather(rule, target, cluster);
      });
    }
  }

  end(report: Report): void {
    const { recommended, today, allApplications = true, allEnvironments = true } = this.options;
    for (const [cluster, { index, kept }] of this.clusters) {
      const has = index.has.bind(index);
      for (const [rule, each] of kept) {
        attempt({ application: 'rules', report }, undefined, () =>
          rule.relate?.({ cluster, kept: each, has }, (found) =>
            this.judge(rule, holdingRules(this.supplied, found.at, recommended), found, report),
          ),
        );
      }
    }
    const whole = allApplications && allEnvironments;
    const given = this.supplied.flatMap(({ waivers }) => waivers);
    for (const each of uselessWaivers(given, { today, whole })) report(each);
    for (const each of whole ? unknownCodes(this.supplied, this.held) : []) report(each);
  }

  permits({ code, path, environments: [environment = ''], object, waive, written }: Finding): boolean {
    const { platform, recommended, today } = this.options;
    const found = platform?.environment(environment);
    if (waive === undefined || object === undefined || found === undefined) return false;
    const [application = ''] = path.split('/');
    const { waivers } = holdingRules(this.supplied, { environment: found, application }, recommended);
    const place = { rule: code, environment, application, object };
    const waiver = waiverFor(place, waivers, today);
    if (waiver !== undefined) this.waived.push(waivedFinding(place, written, waiver));
    return waiver !== undefined;
  }

  /** Mostly the rules of one application are those of the one before. */
  #hold(rules: readonly Rule[]): void {
    if (rules === this.#held) return;
    this.#held = rules;
    for (const rule of rules) this.held.add(rule);
  }

  #isShared(cluster: string): boolean {
    const { platform } = this.options;
    return platform?.environments.filter((each) => each.cluster === cluster).length !== 1;
  }

  cluster(name: string): ClusterState {
    const known = this.clusters.get(name) ?? { index: new ObjectIndex(), kept: new Map() };
    this.clusters.set(name, known);
    return known;
  }

  /** Reports what a rule found, unless a waiver permits it. */
  judge(rule: Rule, holding: HoldingRules, { at, ...said }: RuleFinding<ObjectPlace>, report: Report): void {
    const found = ruleFinding(rule, holding.severityOf(rule), at, said);
    const { application, environment, object } = at;
    const place = { rule: rule.code, environment: environment.name, application, object: objectText(object) };
    const waiver = waiverFor(place, holding.waivers, this.options.today);
    if (waiver === undefined) report(found);
    else this.waived.push(waivedFinding(place, found.written, waiver));
  }
}

function gather(rule: Rule, target: RuleTarget, { kept }: ClusterState): void {
  if (rule.gather === undefined) return;
  const known = kept.get(rule);
  const own = known ?? [];
  for (const each of rule.gather(target)) own.push(each);
  if (known === undefined) kept.set(rule, own);
}

function inEnvironment(report: Report, environment: string): Report {
  return (each) => report({ ...each, environments: [environment] });
}

function waivedFinding(place: WaivablePlace, written: string, { reason, until }: Waiver): WaivedFinding {
  return { ...place, written, reason, until };
}

/** Severities that are given for rules which hold nowhere. */
function unknownCodes(supplied: readonly SuppliedRules[], held: ReadonlySet<Rule>): Finding[] {
  const codes = new Set([...held].map(({ code }) => code));
  return supplied.flatMap(({ supply, settings }) =>
    Object.keys(settings.severity ?? {})
      .filter((code) => !codes.has(code))
      .map((code) => {
        const near = nearest(code, [...codes]);
        return finding({
          code: 'reference-unknown',
          severity: 'warning',
          path: supply.scope.name,
          origins: [supply.origin],
          written: `a severity for \`${code}\`, which is no rule that holds`,
          allowed: 'the codes of rules that hold',
          fix: near === undefined ? 'Leave it out.' : `Write \`${near}\`.`,
        });
      }),
  );
}

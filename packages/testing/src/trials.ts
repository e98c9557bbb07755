import type { Finding, LockedApplication, Rule, Trait } from '@strake/core';
import { recommended } from '@strake/checks';
import type { SchemaCheck } from '@strake/checks/schemas';
import { checkRules, traitState } from '@strake/core/tools';
import { checkInvariants, type Invariant } from './invariant.ts';
import { leavesOf, type Leaf } from './leaves.ts';
import { errorsOf, TrialRenderer, type TrialGround, type TrialRender } from './trial-render.ts';
import type { Violation } from './violation.ts';

/** What traits are tried on, and what is asked of them. */
export interface TrialOptions extends TrialGround {
  /**
   * The rules that the objects must pass.
   * @default - the recommended ones
   */
  readonly rules?: readonly Rule[];
  /**
   * Judges the objects by their schemas: what `schemaCheck()` of `@strake/checks/schemas` gives.
   * @default - schemas are not checked
   */
  readonly schemas?: SchemaCheck;
  /** @default - all of `invariants` */
  readonly invariants?: readonly Invariant[];
  /**
   * Objects that somebody else makes, so that they may be referred to: `Secret/registry`.
   * @default - none
   */
  readonly given?: readonly string[];
}

/** What came of trying some traits together. */
export interface Trial {
  /** Findings of the render. With an error among them the traits are refused, and nothing else is judged. */
  readonly findings: readonly Finding[];
  readonly isRefused: boolean;
  readonly applications: readonly LockedApplication[];
  /** All that does not hold of the objects, and of how they came to be. */
  readonly violations: readonly Violation[];
}

/** Tries traits together on one component. */
export interface Trials {
  of(...traits: readonly Trait<string>[]): Trial;
}

/**
 * A place to try traits together. They are rendered, in this order and in the other, once and once more upon what came
 * of it, and each beside what it does alone; the objects are held to rules, schemas and invariants.
 *
 * @example
 * const { violations } = trials({ on: (application) => new Cache(application, 'cache') }).of(rateLimit({ perSecond: 50 }));
 */
export function trials(options: TrialOptions = {}): Trials {
  const renderer = new TrialRenderer(options);
  const alone = new Map<Trait<string> | undefined, ReadonlyMap<string, Leaf>>();
  const leavesAlone = (trait?: Trait<string>) => {
    const known =
      alone.get(trait) ?? leavesOf(renderer.render(trait === undefined ? [] : [trait]).applications);
    alone.set(trait, known);
    return known;
  };
  return {
    of(...traits) {
      const render = renderer.render(traits);
      const { findings, applications, component } = render;
      if (errorsOf(render).length > 0) return { findings, applications, isRefused: true, violations: [] };
      const definitions = traits.map(({ name }) => name);
      const violations = [
        ...judged(render, options),
        ...otherOrder(renderer, traits, render),
        ...(options.scopes === undefined || options.scopes.length === 0
          ? [...onceMore(renderer, traits, render), ...interference(traits, render, leavesAlone)]
          : []),
      ];
      return {
        findings,
        applications,
        isRefused: false,
        violations: violations.map((each) => ({ component, ...each, definitions })),
      };
    },
  };
}

type Broken = Omit<Violation, 'component' | 'definitions'> & { readonly component?: string };

function judged(
  { applications, component }: TrialRender,
  { rules = recommended, schemas, invariants, given = [] }: TrialOptions,
): Broken[] {
  const found: Finding[] = [];
  const check = checkRules({ recommended: rules, today: '2000-01-01' });
  const broken: Broken[] = [];
  for (const each of applications) {
    check.application(each, (finding) => found.push(finding));
    schemas?.(each, ({ written, severity }) => {
      if (severity === 'error') broken.push({ invariant: 'passes-the-schemas', component, written });
    });
  }
  check.end((finding) => found.push(finding));
  for (const { severity, code, path, object, written } of found) {
    if (severity !== 'error') continue;
    const place = object === undefined ? {} : { object };
    broken.push({ invariant: 'passes-the-rules', component: path, ...place, written: `${code}: ${written}` });
  }
  return [...broken, ...checkInvariants(applications, { ...(invariants && { invariants }), given })];
}

/** The same traits in another order come to the same values, and to the same findings. */
function otherOrder(renderer: TrialRenderer, traits: readonly Trait<string>[], first: TrialRender): Broken[] {
  const other = renderer.render(traits.toReversed());
  const said = ({ findings }: TrialRender) =>
    findings.map(({ code, path, written }) => `${code} ${path}: ${written}`).toSorted();
  const before = said(first);
  const invariant = 'order-is-free';
  return [
    ...differences(invariant, leavesOf(first.applications), leavesOf(other.applications)),
    ...said(other)
      .filter((each, index) => each !== before[index])
      .map((each) => ({ invariant, written: `in the other order it says: ${each}` })),
  ];
}

/** Traits on a component that has all they give already come to the same objects. */
function onceMore(renderer: TrialRenderer, traits: readonly Trait<string>[], first: TrialRender): Broken[] {
  const again = renderer.renderAgain(traits, first);
  if (again === undefined) return [];
  return differences(
    'applied-twice-changes-nothing',
    leavesOf(first.applications),
    leavesOf(again.applications),
  );
}

/**
 * What a trait does alone, it does beside another one too, unless one of them says that it knows the other. The last
 * layer of patches is there to change what others did.
 */
function interference(
  traits: readonly Trait<string>[],
  { applications }: TrialRender,
  leavesAlone: (trait?: Trait<string>) => ReadonlyMap<string, Leaf>,
): Broken[] {
  if (
    traits.length < 2 ||
    traits.some(isLast) ||
    traits.some((one) => traits.some((other) => knows(one, other)))
  )
    return [];
  const base = leavesAlone();
  const together = leavesOf(applications);
  const invariant = 'keeps-out-of-others-fields';
  const broken: Broken[] = [];
  for (const trait of traits) {
    const alone = leavesAlone(trait);
    for (const [key, { object, path, value }] of alone) {
      if (base.has(key) || together.has(key)) continue;
      broken.push({ invariant, object, path, written: `\`${trait.name}\` writes ${value}, which is lost` });
    }
    for (const [key, { object, path, value }] of base) {
      if (alone.has(key) || !together.has(key)) continue;
      broken.push({
        invariant,
        object,
        path,
        written: `\`${trait.name}\` removes ${value}, which comes back`,
      });
    }
  }
  const expected = traits.map((trait) => leavesAlone(trait));
  for (const [key, { object, path, value }] of together) {
    if (expected.some((leaves) => leaves.has(key))) continue;
    broken.push({ invariant, object, path, written: `${value} is written by none of them alone` });
  }
  return broken;
}

function isLast(trait: Trait<string>): boolean {
  return traitState.get(trait)?.info.last === true;
}

/** Whether a trait is handed the properties of another one. */
function knows(one: Trait<string>, other: Trait<string>): boolean {
  const { absorbs = {}, knows: known = {} } = traitState.get(one) ?? {};
  return [...Object.values(absorbs), ...Object.values(known)].some(
    ({ definition }) => definition.name === other.name,
  );
}

function differences(
  invariant: string,
  expected: ReadonlyMap<string, Leaf>,
  found: ReadonlyMap<string, Leaf>,
): Broken[] {
  const lost = [...expected].filter(([key]) => !found.has(key));
  const added = [...found].filter(([key]) => !expected.has(key));
  return [
    ...lost.map(([, { object, path, value }]) => ({ invariant, object, path, written: `${value} is lost` })),
    ...added.map(([, { object, path, value }]) => ({
      invariant,
      object,
      path,
      written: `${value} is added`,
    })),
  ];
}

import type { JsonObject, JsonValue, Severity } from '@strake/core';
import { nearest } from '@strake/core/tools';
import { checkValue } from './check-value.ts';
import { customKinds } from './custom-definition.ts';
import { withDefaults } from './defaults.ts';
import { builtInSchemas, supportedVersion, type KubernetesVersion } from './kubernetes-versions.ts';
import { prepared, type PreparedSchema } from './prepared-schema.ts';
import { ruleJudge } from './rule-judge.ts';
import { kindKey, type SchemaNode, type SchemaSet } from './schema-node.ts';
import { pointerOf, type NoticedProblem, type SchemaProblem } from './schema-problem.ts';
import { SchemaWalk, type RuleJudge } from './schema-walk.ts';
import { vendorKinds } from './vendor-schemas.ts';

/** Which schemas objects are checked against, and how severely. */
export interface SchemaOptions {
  /**
   * Minor version of Kubernetes, such as `1.34`. The nearest version that Strake has stands in for another.
   * @default '1.36'
   */
  readonly kubernetes?: string;
  /**
   * Parsed CustomResourceDefinitions. Their kinds go before those that Strake has.
   * @default []
   */
  readonly crds?: readonly JsonValue[];
  /**
   * How severe the problems of single kinds are, by `Kind`, `group/Kind` or `group`; the nearest name rules.
   * @default - `error`, and `warning` for a kind without schema
   */
  readonly severity?: Readonly<Record<string, Severity | 'off'>>;
  /**
   * Whether rules in the Common Expression Language are judged.
   * @default true
   */
  readonly rules?: boolean;
}

/** How the objects of one kind are checked. */
interface KindCheck {
  /** Undefined where the kind has no schema. */
  readonly schema: PreparedSchema | undefined;
  /** The severity that the project gives the kind. */
  readonly severity: Severity | 'off' | undefined;
  readonly isBuiltIn: boolean;
}

/** Schemas of one Kubernetes version, and of custom resources. */
export class Schemas {
  /** The version whose schemas are used. */
  readonly version: KubernetesVersion;
  /** Whether that is the version that was asked for. */
  readonly isVersionSupported: boolean;
  readonly #builtIn: SchemaSet;
  readonly #custom = new Map<string, SchemaNode>();
  readonly #severity: Readonly<Record<string, Severity | 'off'>>;
  readonly #judge: RuleJudge | undefined;
  readonly #objectMeta: PreparedSchema;
  /** What was asked about kinds so far. */
  readonly #checks = new Map<string, KindCheck>();

  constructor(builtIn: SchemaSet, judge: RuleJudge | undefined, options: SchemaOptions = {}) {
    const { kubernetes = '1.36', crds = [], severity = {} } = options;
    this.version = supportedVersion(kubernetes);
    this.isVersionSupported = new RegExp(`^v?${this.version.replace('.', '\\.')}(?![0-9])`).test(kubernetes);
    this.#builtIn = builtIn;
    this.#judge = judge;
    this.#objectMeta = prepared(builtIn.get('ObjectMeta') ?? { open: true });
    this.#severity = severity;
    for (const each of crds) this.add(each);
  }

  /** Adds the kinds of a CustomResourceDefinition; they go before those that Strake has. */
  add(definition: JsonValue): void {
    for (const [kind, node] of customKinds(definition)) this.#custom.set(kind, node);
    this.#checks.clear();
  }

  /** The schema of a kind. */
  schemaOf(apiVersion: string, kind: string): SchemaNode | undefined {
    const key = kindKey(apiVersion, kind);
    return this.#custom.get(key) ?? this.#builtIn.get(key) ?? vendorKinds(groupOf(apiVersion)).get(key);
  }

  /** Everything in an object that is not as its schema says. */
  check(object: JsonObject): readonly SchemaProblem[] {
    const { apiVersion, kind } = object;
    if (typeof apiVersion !== 'string' || typeof kind !== 'string') return [];
    const { schema, severity, isBuiltIn } = this.#checkOf(apiVersion, kind);
    if (severity === 'off') return [];
    if (schema === undefined)
      return [{ ...this.#unknownKind(apiVersion, kind), severity: severity ?? 'warning', ...WHOLE }];
    const problems: SchemaProblem[] = [];
    const walk = new SchemaWalk({
      objectMeta: this.#objectMeta,
      judge: this.#judge,
      nullIsAbsent: isBuiltIn,
      notice: (problem, steps) =>
        problems.push({ ...problem, severity: severity ?? 'error', steps, pointer: pointerOf(steps) }),
    });
    checkValue(withDefaults(object, schema), schema, walk);
    return problems;
  }

  #checkOf(apiVersion: string, kind: string): KindCheck {
    const key = kindKey(apiVersion, kind);
    const known = this.#checks.get(key);
    if (known !== undefined) return known;
    const group = groupOf(apiVersion);
    const severity = this.#severity[`${group}/${kind}`] ?? this.#severity[kind] ?? this.#severity[group];
    const node = severity === 'off' ? undefined : this.schemaOf(apiVersion, kind);
    const schema = node === undefined ? undefined : prepared(node);
    const check = { schema, severity, isBuiltIn: this.#builtIn.has(key) };
    this.#checks.set(key, check);
    return check;
  }

  #unknownKind(apiVersion: string, kind: string): NoticedProblem {
    const group = groupOf(apiVersion);
    const known = [...this.#custom.keys(), ...this.#builtIn.keys(), ...vendorKinds(group).keys()];
    const key = kindKey(apiVersion, kind);
    const suggestion = otherVersion(known, group, kind) ?? nearest(key, known);
    return {
      code: 'schema-unknown-kind',
      written: `\`${key}\`, which neither Kubernetes ${this.version} nor the known custom resources have`,
      allowed: suggestion === undefined ? 'a kind that has a schema' : `did you mean \`${suggestion}\`?`,
      fix: 'Give the path of its CustomResourceDefinition, or turn the check off for the kind.',
    };
  }
}

/** The same kind in another version of its group, the most settled one first. */
function otherVersion(known: readonly string[], group: string, kind: string): string | undefined {
  const settled = (key: string) => (/alpha/.test(key) ? 0 : /beta/.test(key) ? 1 : 2);
  return known
    .filter((each) => each.endsWith(`/${kind}`) && groupOf(each.slice(0, -kind.length - 1)) === group)
    .toSorted((left, right) => settled(right) - settled(left))[0];
}

const WHOLE = { steps: [], pointer: '' };

/** Loads the schemas of a Kubernetes version. Nothing is compiled, and no version but this one is read. */
export async function schemasOf(options: SchemaOptions = {}): Promise<Schemas> {
  const { kubernetes = '1.36', rules = true } = options;
  const builtIn = await builtInSchemas(supportedVersion(kubernetes));
  return new Schemas(builtIn, rules ? ruleJudge() : undefined, options);
}

function groupOf(apiVersion: string): string {
  return apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
}

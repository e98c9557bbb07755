import {
  defineRule,
  isClusterScoped,
  type KubernetesObject,
  type ObjectPlace,
  type Rule,
  type RuleDefinition,
  type RuleTarget,
} from '@strake/core';

/** An object that another one names. */
export interface NamedReference {
  readonly at: KubernetesObject;
  /** Name of the object that must exist. */
  readonly name: string;
  /** @default - the namespace of the object that names it */
  readonly namespace?: string | undefined;
  /**
   * Kind of the object, with its API group.
   * @default - the kind that the rule is about
   */
  readonly kind?: string;
}

/** A rule about references to objects that no application of the cluster makes. */
export interface MissingReferenceDefinition extends Omit<RuleDefinition, 'check' | 'gather' | 'relate'> {
  /** Kind that is referred to, with its API group. */
  readonly kind: string;
  references(target: RuleTarget): Iterable<NamedReference>;
  /** Names in a namespace of objects of the kind that a controller makes, as `namespace/name`. */
  made?(target: RuleTarget): Iterable<string>;
}

interface OpenReference {
  readonly place: ObjectPlace;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
}

/** What is kept: references that their own application does not answer, and names that controllers make. */
type Kept = { readonly open: OpenReference } | { readonly made: string };

export function missingReferenceRule(definition: MissingReferenceDefinition): Rule {
  const { kind, references, made, ...rule } = definition;
  return defineRule<Kept>({
    ...rule,
    gather(target) {
      const kept: Kept[] = [];
      for (const each of made?.(target) ?? []) kept.push({ made: each });
      for (const { at, name, namespace, kind: other = kind } of references(target)) {
        const within = namespace ?? at.metadata.namespace ?? target.namespace;
        if (target.has(other, name, within)) continue;
        kept.push({ open: { place: target.place(at), kind: other, name, namespace: within } });
      }
      return kept;
    },
    relate({ kept, has }, report) {
      const names = new Set(kept.flatMap((each) => ('made' in each ? [each.made] : [])));
      const said = new Set<string>();
      for (const each of kept) {
        if (!('open' in each)) continue;
        const { open } = each;
        if (names.has(`${open.namespace}/${open.name}`) || has(open.kind, open.name, open.namespace))
          continue;
        const written = missingText(open);
        const { object, environment } = open.place;
        const key = [environment.name, object.kind, object.namespace, object.name, written].join('\0');
        if (said.has(key)) continue;
        said.add(key);
        report({ at: open.place, written });
      }
    },
  });
}

function missingText({ kind, name, namespace }: OpenReference): string {
  const [word = kind, ...group] = kind.split('.');
  const isInCluster = isClusterScoped(group.length === 0 ? 'v1' : `${group.join('.')}/v1`, word);
  return `${word} \`${name}\` is not in ${isInCluster ? 'the cluster' : `namespace \`${namespace}\``}`;
}

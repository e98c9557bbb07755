/** What a type tells the write engine: the fields that lead to keyed lists, sets or unions, and no others. */
export interface Shape {
  /** Names the type; the first free one is taken. Types of custom resources have none of their own. */
  readonly ids?: readonly string[];
  readonly members: ReadonlyMap<string, Member>;
}

export interface Member {
  readonly list?: 'map' | 'set' | 'atomic';
  readonly keys?: readonly string[];
  /** The field's type, or that of the list's elements. */
  readonly type?: Shape | undefined;
}

/** The lines of the generated table, by the id that starts them. */
export type Table = Map<string, string>;

/** Adds a shape and all it refers to; returns its id. Equal shapes share one line. */
export function addShape(table: Table, shape: Shape, hint: string): string {
  const line = memberTexts(shape, (type, name) => addShape(table, type, `${hint}.${name}`)).join(' ');
  const known = shape.ids
    ? undefined
    : [...table].find(([id, other]) => isAnonymous(id) && other === line)?.[0];
  if (known !== undefined) return known;
  const ids = shape.ids ?? [hint, ...Array.from({ length: 9 }, (_, index) => `${hint}~${index + 2}`)];
  const id = ids.find((each) => !table.has(each) || table.get(each) === line);
  if (id === undefined) throw new Error(`no free id for ${hint}`);
  table.set(id, line);
  return id;
}

/** The whole content of a shape on one line, to compare versions of a kind. */
export function expand(shape: Shape | undefined): string {
  return shape === undefined ? '' : `{${memberTexts(shape, expand).join(' ')}}`;
}

/** A shape, or nothing when it says nothing. */
export function shapeOf(members: Iterable<readonly [string, Member | undefined]>): Shape | undefined {
  const present = [...members].flatMap(([name, member]) => (member ? [[name, member] as const] : []));
  return present.length === 0 ? undefined : { members: new Map(present) };
}

/** A list as a member, or nothing when it says nothing: atomic, and so are all lists in its elements. */
export function listMember(
  list: 'map' | 'set' | 'atomic',
  keys: readonly string[],
  type: Shape | undefined,
): Member | undefined {
  return list === 'atomic' && type === undefined ? undefined : { list, keys, type };
}

/** `1` before `1beta2` before `1beta1` before `1alpha1`: the order in which Kubernetes prefers versions. */
export function byPreference(left: string, right: string): number {
  return rank(right) - rank(left);
}

function rank(version: string): number {
  const [, major = '0', stage = 'stable', minor = '0'] = /^v(\d+)(?:(alpha|beta)(\d+))?$/.exec(version) ?? [];
  return ['alpha', 'beta', 'stable'].indexOf(stage) * 1e6 + Number(major) * 1e3 + Number(minor);
}

function memberTexts(shape: Shape, typeText: (type: Shape, name: string) => string): string[] {
  return [...shape.members.keys()].toSorted().map((name) => {
    const member = shape.members.get(name);
    const type = member?.type ? `:${typeText(member.type, name)}` : '';
    switch (member?.list) {
      case 'map':
        return `${name}[${member.keys?.join(',')}]${type}`;
      case 'set':
        return `${name}[=]`;
      case 'atomic':
        return `${name}[]${type}`;
      default:
        return `${name}${type}`;
    }
  });
}

/** Named types are `group.Type` and kinds `group/Kind`, with a small first letter; the others start with their kind. */
function isAnonymous(id: string): boolean {
  return /^[A-Z]/.test(id);
}

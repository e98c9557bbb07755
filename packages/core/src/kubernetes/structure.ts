import type { JsonObject, JsonValue } from '../json.ts';
import { TYPES } from './structure.generated.ts';
import { UNIONS, type Union } from './unions.ts';

/** How the values at one place of a Kubernetes object merge. Nodes are made once and shared. */
export interface Structure {
  /** Structure of a map's field. None: every list there is atomic, and there is no union. */
  field(name: string): Structure | undefined;
  /** How a list merges: elements by key, as a set of scalars, or not at all. None: this is not a list. */
  readonly list: 'map' | 'set' | 'atomic' | undefined;
  /** The fields whose values, together, tell the elements of a `map` list apart. */
  readonly keys: readonly string[];
  /** Structure of a list's elements. */
  readonly element: Structure | undefined;
  /** What excludes each other among a map's fields. */
  readonly unions: readonly Union[];
}

const NO_KEYS: readonly string[] = [];
const NO_UNIONS: readonly Union[] = [];
const MEMBER = /^([^[:]+)(?:\[(.*)\])?(?::(.+))?$/;

/** Lines of the generated table by id, split when first asked for. */
let lines: ReadonlyMap<string, string> | undefined;
const types = new Map<string, Structure>();
const kinds = new Map<string, Map<string, Structure>>();

/**
 * How the objects of a kind merge: as in server-side apply, for which Kubernetes and the authors of custom resources
 * mark their lists. Of several versions of a kind the preferred one speaks for all. Of an unknown kind only `metadata`
 * has a structure. `status` has none anywhere, since nobody writes it.
 *
 * Lists that merge by key:
 * - containers of all sorts, `env`, `volumes`, `imagePullSecrets` of pods, `secrets` of service accounts by `name`;
 *   `volumeMounts` by `mountPath`, `volumeDevices` by `devicePath`, `hostAliases` by `ip`;
 * - `ports` of containers by `containerPort` and `protocol`, of services by `port` and `protocol`: another number is
 *   another port, whatever its name;
 * - `topologySpreadConstraints` by `topologyKey` and `whenUnsatisfiable`.
 * Where there are two keys, `kubectl patch` looks at the first only; server-side apply, Kustomize and Strake at both.
 *
 * Lists that do not merge, so that their elements have no name in a path: `args`, `command`, `envFrom`, `tolerations`,
 * `volumeClaimTemplates` of stateful sets, `imagePullSecrets` of service accounts, `metrics` of autoscalers, the rules
 * of ingresses, network policies and roles, and every list that a custom resource does not mark (`http` of Istio's
 * VirtualService, `rules` of HTTPRoute). Outside `status` no list has a strategic merge key and is atomic in
 * server-side apply, so the two ways of Kubernetes to patch do not contradict each other here.
 */
export function structureOf(apiVersion: string, kind: string): Structure {
  let known = kinds.get(apiVersion);
  if (known === undefined) kinds.set(apiVersion, (known = new Map()));
  let structure = known.get(kind);
  if (structure === undefined) known.set(kind, (structure = kindStructure(apiVersion, kind)));
  return structure;
}

/**
 * The text that names an element of a keyed list in a path: `web`, or `80/TCP` for two keys. A missing `protocol` is
 * `TCP`, the one default of a list key that Kubernetes has. None when the element has no such key.
 */
export function elementKey(element: JsonObject, keys: readonly string[]): string | undefined {
  let text: string | undefined;
  for (const key of keys) {
    const part = keyText(element[key] ?? (key === 'protocol' ? 'TCP' : undefined));
    if (part === undefined) return undefined;
    text = text === undefined ? part : `${text}/${part}`;
  }
  return text;
}

function keyText(value: JsonValue | undefined): string | undefined {
  if (typeof value === 'string') return value === '' ? undefined : value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

function kindStructure(apiVersion: string, kind: string): Structure {
  const id = `${apiVersion.slice(0, Math.max(apiVersion.indexOf('/'), 0))}/${kind}`;
  return typeStructure(typeLines().has(id) ? id : '/');
}

function typeStructure(id: string): Structure {
  let type = types.get(id);
  if (type === undefined) types.set(id, (type = new MapStructure(id)));
  return type;
}

function typeLines(): ReadonlyMap<string, string> {
  lines ??= new Map(
    TYPES.split('\n').map((line) => {
      const end = line.indexOf(' ');
      return end < 0 ? [line, ''] : [line.slice(0, end), line.slice(end + 1)];
    }),
  );
  return lines;
}

class MapStructure implements Structure {
  readonly list = undefined;
  readonly keys = NO_KEYS;
  readonly element = undefined;
  readonly unions: readonly Union[];
  readonly #id: string;
  #fields: ReadonlyMap<string, Structure> | undefined;

  constructor(id: string) {
    this.#id = id;
    this.unions = UNIONS[id] ?? NO_UNIONS;
  }

  field(name: string): Structure | undefined {
    this.#fields ??= fieldsOf(this.#id);
    return this.#fields.get(name) ?? this.#fields.get('*');
  }
}

function fieldsOf(id: string): ReadonlyMap<string, Structure> {
  const members = (typeLines().get(id) ?? '').split(' ').filter((member) => member !== '');
  const fields = new Map(members.map(readMember));
  return id.includes('/') ? fields.set('metadata', typeStructure('meta.ObjectMeta')) : fields;
}

function readMember(text: string): [string, Structure] {
  const [, name = '', keys, type] = MEMBER.exec(text) ?? [];
  if (keys === undefined) return [name, typeStructure(type ?? '')];
  const element = type === undefined ? undefined : typeStructure(type);
  const list = keys === '=' ? 'set' : keys === '' ? 'atomic' : 'map';
  const names = list === 'map' ? keys.split(',') : NO_KEYS;
  return [name, { list, keys: names, element, unions: NO_UNIONS, field: noField }];
}

function noField(): undefined {
  return undefined;
}

/** Name of a property that no definition has. */
export const STRANGE = 'strakeUnknown';

/** Properties with one property too many, and where that is: at the top, and in every map below. */
export interface StrangeProperties {
  /** Path of the map that has it; empty for the properties themselves. */
  readonly place: string;
  readonly properties: unknown;
}

/**
 * The properties of an example with an unknown one added, once for every map in it. The value is a function, which no
 * map of free keys can hold either.
 */
export function strangeProperties(example: unknown): readonly StrangeProperties[] {
  if (example === undefined) return [{ place: '', properties: { [STRANGE]: () => {} } }];
  return [...within(example, '')];
}

function* within(value: unknown, place: string): Generator<StrangeProperties> {
  if (Array.isArray(value)) {
    for (const [index, each] of value.entries())
      for (const inner of within(each, `${place}[${index}]`))
        yield { ...inner, properties: value.with(index, inner.properties) };
    return;
  }
  if (!isPlain(value)) return;
  yield { place, properties: { ...value, [STRANGE]: () => {} } };
  for (const [key, each] of Object.entries(value))
    for (const inner of within(each, place === '' ? key : `${place}.${key}`))
      yield { ...inner, properties: { ...value, [key]: inner.properties } };
}

/** Whether a value is a map as code writes it; constructs and the like are none. */
function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

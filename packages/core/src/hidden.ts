/**
 * State of an object that is not part of its public type. It is found by a name that all installed
 * copies of Strake share, so that two versions in one process understand each other's objects.
 */
export interface Hidden<State> {
  /** The state of an object; undefined for anything that has none. */
  get(host: unknown): State | undefined;
  set(host: object, state: State): void;
}

export function hidden<State>(name: string): Hidden<State> {
  const key = Symbol.for(`@strake/core.${name}`);
  return {
    get: (host): State | undefined =>
      (typeof host === 'object' && host !== null) || typeof host === 'function'
        ? Reflect.get(host, key)
        : undefined,
    set: (host, state) => {
      Object.defineProperty(host, key, { value: state, configurable: true });
    },
  };
}

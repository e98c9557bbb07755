/**
 * State of an object that is not part of its public type. It is found by a name that all installed
 * copies of Strake share, so that two versions in one process understand each other's objects.
 */
export interface Hidden<State> {
  get(host: object): State | undefined;
  set(host: object, state: State): void;
}

export function hidden<State>(name: string): Hidden<State> {
  const key = Symbol.for(`@strake/core.${name}`);
  return {
    get: (host): State | undefined => Reflect.get(host, key),
    set: (host, state) => {
      Object.defineProperty(host, key, { value: state, configurable: true });
    },
  };
}

import { copyIfJson, isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../json.ts';
import type { Origin } from '../source-line.ts';

/** The layers, lowest first. A later layer wins over an earlier one. */
export const LAYERS = ['component', 'trait', 'scope'] as const;

/** Which role's kind of definition writes. */
export type Layer = (typeof LAYERS)[number];

/** One attached trait, supplied scope or built component: everything that it writes carries this. */
export interface Writer {
  readonly layer: Layer;
  /** Name of the definition: `replicas`. */
  readonly definition: string;
  /** npm package that the definition comes from. */
  readonly package: string;
  /** Construct path of the component or application written for: `cart/web`. */
  readonly path: string;
  /** Line of the user's code that attached, supplied or constructed it. */
  readonly origin: Origin | undefined;
}

/** How a write stands against others. */
export interface WriteOptions {
  /** Wins over writes of other definitions of its layer, and over a delegation from below. */
  readonly override?: boolean;
  /** Reports a different value from a lower layer instead of replacing it. */
  readonly locked?: boolean;
  /** Why it is written, where the definition asks for a reason. */
  readonly reason?: string;
}

/** What is done to an object, as data. */
export type Operation =
  | { readonly kind: 'create'; readonly value: JsonObject; readonly shared: boolean }
  | { readonly kind: 'merge'; readonly steps: readonly string[]; readonly value: JsonObject }
  | { readonly kind: 'set'; readonly steps: readonly string[]; readonly value: JsonValue }
  | { readonly kind: 'append'; readonly steps: readonly string[]; readonly values: readonly JsonValue[] }
  | { readonly kind: 'remove'; readonly steps: readonly string[] }
  | { readonly kind: 'delegate'; readonly steps: readonly string[]; readonly to: string };

/** One operation of one writer on one object. */
export interface Write {
  readonly writer: Writer;
  readonly operation: Operation;
  readonly options: WriteOptions;
}

/**
 * The operation with values of its own: what its writer does to them later changes nothing. Undefined where they hold
 * something that JSON cannot hold.
 */
export function ownOperation(operation: Operation): Operation | undefined {
  switch (operation.kind) {
    case 'create':
    case 'merge': {
      const value = copyIfJson(operation.value);
      return isJsonObject(value) ? { ...operation, value } : undefined;
    }
    case 'set': {
      const value = copyIfJson(operation.value);
      return value === undefined ? undefined : { ...operation, value };
    }
    case 'append': {
      const values = copyIfJson(operation.values);
      return isJsonArray(values) ? { ...operation, values } : undefined;
    }
    case 'remove':
    case 'delegate':
      return operation;
  }
}

/** An invariant that does not hold, and where. */
export interface Violation {
  /** Name of the invariant: `service-selects-its-pods`. */
  readonly invariant: string;
  /** Names of the definitions that were tried together: `canary`, `metrics`. */
  readonly definitions: readonly string[];
  /** Construct path of the component: `shop/web`; the application where it is about no single component. */
  readonly component: string;
  /** Kind and name of the object: `Service/web`. */
  readonly object?: string;
  /** Where in the object: `spec.selector`. */
  readonly path?: string;
  /** What is wrong there. */
  readonly written: string;
}

/** A violation in one line. */
export function violationText({
  invariant,
  definitions,
  component,
  object,
  path,
  written,
}: Violation): string {
  const place = [object, path].filter((each) => each !== undefined).join(' ');
  const tried = definitions.length === 0 ? '' : ` with ${definitions.join(' + ')}`;
  return `${invariant}: ${component}${tried}${place === '' ? '' : `, ${place}`}: ${written}`;
}

import type { Construct } from 'constructs';
import type { Application } from './application.ts';
import type { Component } from './component.ts';
import { hidden } from './hidden.ts';

/** The class of an application. */
export type ApplicationClass<App extends Application = Application> = new (
  parent: Construct,
  id: string,
) => App;

/** A component of another application, by the field that holds it there. */
export interface ComponentReference {
  /** Class of the other application. */
  readonly application: ApplicationClass;
  /** Field of the class. */
  readonly field: string;
}

/** The fields of an application that hold components. */
export type ReferencesOf<App extends Application> = {
  readonly [Field in keyof App as App[Field] extends Component ? Field : never]: ComponentReference;
};

const isReference = hidden<true>('reference');

/**
 * The components of another application, to connect to: `connectTo(from(Payments).api)`.
 * The other application is not constructed; its facts are read when everything is composed.
 */
export function from<App extends Application>(application: ApplicationClass<App>): ReferencesOf<App> {
  const references = new Proxy(
    {},
    {
      get: (_target, field) => {
        const reference: ComponentReference = { application, field: String(field) };
        isReference.set(reference, true);
        return reference;
      },
    },
  );
  return references as ReferencesOf<App>;
}

export function isComponentReference(value: unknown): value is ComponentReference {
  return typeof value === 'object' && value !== null && isReference.get(value) === true;
}

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
  /** Class of the other application, or the name under which its own project delivers it. */
  readonly application: ApplicationClass | string;
  /** Field of the class, or id of the component. */
  readonly field: string;
}

/** The fields of an application that hold components. */
export type ReferencesOf<App extends Application> = {
  readonly [Field in keyof App as App[Field] extends Component ? Field : never]: ComponentReference;
};

const isReference = hidden<true>('reference');

/**
 * The components of another application, to connect to: `connectTo(from(Payments).api)`, or `connectTo(from('payments', 'api'))`
 * where another project of the GitOps repository delivers it. The other application is not constructed: its facts are
 * read, those of another project from the file that its synth leaves in the repository.
 */
export function from<App extends Application>(application: ApplicationClass<App>): ReferencesOf<App>;
export function from(application: string, component: string): ComponentReference;
export function from(application: ApplicationClass | string, component?: string): object {
  if (component !== undefined) return referenceTo(application, component);
  return new Proxy(
    {},
    { get: (_target, field) => (typeof field === 'symbol' ? undefined : referenceTo(application, field)) },
  );
}

function referenceTo(application: ApplicationClass | string, field: string): ComponentReference {
  const reference: ComponentReference = { application, field };
  isReference.set(reference, true);
  return reference;
}

export function isComponentReference(value: unknown): value is ComponentReference {
  return typeof value === 'object' && value !== null && isReference.get(value) === true;
}

import { Application } from '@strake/core';
import { App } from 'cdk8s';
import { errorsOf, type TrialRender } from './trial-render.ts';
import type { Violation } from './violation.ts';

type Place = Pick<Violation, 'definitions' | 'component'>;

/** The properties of an example that needs no application. */
export function exampleOf<Properties>(
  given: Properties | ((application: Application) => Properties),
): Properties {
  return isMaker(given) ? given(new Application(new App(), 'example')) : given;
}

/** The properties of an example for an application. */
export function exampleFor<Properties>(
  given: Properties | ((application: Application) => Properties),
  application: Application,
): Properties {
  return isMaker(given) ? given(application) : given;
}

function isMaker<Properties>(
  given: Properties | ((application: Application) => Properties),
): given is (application: Application) => Properties {
  return typeof given === 'function';
}

/** The errors of an example's render. */
export function notAccepted(render: TrialRender, at: Place): Violation[] {
  return errorsOf(render).map(({ code, path, written }) => ({
    ...at,
    component: path,
    invariant: 'example-is-accepted',
    written: `${code}: ${written}`,
  }));
}

/** That two renders of one example are not the same. */
export function unlike(at: Place): Violation {
  return { ...at, invariant: 'renders-the-same-twice', written: 'another result for the same properties' };
}

/** Violations that say which example they are about. */
export function inExample(index: number, violations: readonly Violation[]): Violation[] {
  return violations.map((each) => ({ ...each, written: `${each.written} (example ${index + 1})` }));
}

import type { Application } from './application.ts';
import type { Environment } from './environment.ts';
import type { ApplicationClass } from './reference.ts';
import { originOf, type Origin } from './source-line.ts';

/** What application operators do to one application in every environment. */
export interface Operations {
  readonly application: ApplicationClass;
  readonly origin: Origin;
  /** Attaches traits to the components of one constructed application. */
  operate(application: Application, environment: Environment): void;
}

/**
 * Says how an application is operated. The function runs once for each environment, after the
 * application is constructed.
 *
 * @example
 * export const cartOperations = defineOperations(Cart, (cart, environment) => {
 *   cart.web.attach(replicas({ count: environment.tier === 'production' ? 3 : 1 }));
 * });
 */
export function defineOperations<App extends Application>(
  application: ApplicationClass<App>,
  operate: (application: App, environment: Environment) => void,
): Operations {
  return { application, origin: originOf(defineOperations), operate };
}

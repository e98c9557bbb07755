import { write } from '@strake/gitops';
import { refuseErrors, strakePlan } from '../strake-plan.js';

/** Strake as the command runs it: four traits and two scopes on every component, all checks, inventory and write. */
export function run({ applications, environments, out }) {
  refuseErrors(write(strakePlan(applications, environments), out).findings);
}

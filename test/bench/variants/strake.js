import { write } from '@strake/gitops';
import { refuseErrors, strakePlan } from '../strake-plan.js';

/** Strake without schemas and rules: four traits and two scopes on every component, inventory and write. */
export function run({ applications, environments, out }) {
  refuseErrors(write(strakePlan(applications, environments), out).findings);
}

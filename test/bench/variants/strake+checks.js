import { write } from '@strake/gitops';
import { checkedPlan, refuseErrors } from '../strake-plan.js';

/** Strake as the command runs it: four traits and two scopes on every component, schemas, rules, inventory and write. */
export async function run({ applications, environments, out }) {
  refuseErrors(write(await checkedPlan(applications, environments), out).findings);
}

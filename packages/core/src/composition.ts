import type { IConstruct } from 'constructs';
import { environment, type Environment } from './environment.ts';
import type { Finding } from './finding.ts';
import { hidden } from './hidden.ts';

/** What the constructs of one application and environment are composed for. */
export interface Composition {
  readonly application: string;
  readonly environment: Environment;
  readonly namespace: string;
  report(finding: Finding): void;
}

const state = hidden<Composition>('composition');

/** Says what everything under a construct is composed for. */
export function composeFor(top: IConstruct, composition: Composition): void {
  state.set(top, composition);
}

/** What a construct is composed for, or undefined when Strake does not compose it. */
export function tryCompositionOf(construct: IConstruct): Composition | undefined {
  for (let at: IConstruct | undefined = construct; at !== undefined; at = at.node.scope) {
    const known = state.get(at);
    if (known !== undefined) return known;
  }
  return undefined;
}

/**
 * What a construct is composed for. Where Strake does not compose, as under a cdk8s `App` of the user's own,
 * that is the environment `default`, and findings come out of cdk8s' validation.
 */
export function compositionOf(construct: IConstruct): Composition {
  return tryCompositionOf(construct) ?? composeByDefault(construct.node.root, construct.node.root.node.id);
}

/** Composes for the environment `default`. */
export function composeByDefault(top: IConstruct, application: string): Composition {
  const findings: Finding[] = [];
  const composition: Composition = {
    application,
    environment: environment('default'),
    namespace: application,
    report: (finding) => findings.push(finding),
  };
  top.node.addValidation({
    validate: () => findings.map((each) => `${each.code} ${each.path}: ${each.written}; ${each.fix}`),
  });
  composeFor(top, composition);
  return composition;
}

import type { OperatedApplication } from './apply.ts';
import { Claim } from './capabilities.ts';
import { codeName } from './code-name.ts';
import type { Component } from './component.ts';
import { componentState } from './component-state.ts';
import { attempt } from './compose.ts';
import type { Environment } from './environment.ts';
import type { Facts } from './facts.ts';
import { finding, type Finding } from './finding.ts';
import type { JsonValue } from './json.ts';
import { selects, type Supply } from './platform.ts';
import { scopeState, type ScopeContext, type ScopeState } from './scope.ts';
import { ObjectStore } from './writes/object-store.ts';
import type { Writer } from './writes/write.ts';

/** Data files of a project by path without ending: `sealed/production/cart/redis`. */
export type Inputs = ReadonlyMap<string, JsonValue>;

/** Writes the scope layer of an application. */
export function applyScopes(
  operated: OperatedApplication,
  supplies: readonly Supply[],
  facts: Facts,
  inputs: Inputs,
): void {
  const { application, environment, namespace, components, admissions, report, store } = operated;
  const holding = supplies.filter(({ selector }) => selects(selector, environment, application));
  checkOverlap(holding, operated);
  checkClaims(holding, operated);
  const states = holding.map(({ scope }) => scopeState.get(scope)).filter((state) => state !== undefined);
  for (const supply of holding) {
    const scope = scopeState.get(supply.scope);
    if (scope === undefined) continue;
    const { info } = scope;
    const folder = `${info.inputs}/${environment.name}/${application}`;
    attempt(operated, supply.origin, () =>
      scope.application(
        {
          ...store.access(scopeWriter(scope, application, supply)),
          application,
          environment,
          namespace,
          components,
          admissions,
          facts,
          objects: (kind) => store.objects(kind),
          input: (name) => inputs.get(`${folder}/${name}`),
          inputPath: (name) => `${folder}/${name}.yaml`,
          report: (input) => report(scopeFinding(input, supply)),
        },
        states,
      ),
    );
  }
  store.commit();
}

/** The objects that the applications of an environment share. */
export function platformObjects(
  environment: Environment,
  supplies: readonly Supply[],
  facts: Facts,
  report: (finding: Finding) => void,
): ObjectStore {
  const store = new ObjectStore('default', report);
  for (const supply of supplies) {
    const scope = scopeState.get(supply.scope);
    const applications = facts.applications.filter(({ application }) =>
      selects(supply.selector, environment, application),
    );
    if (scope === undefined || applications.length === 0) continue;
    attempt({ application: 'platform', report }, supply.origin, () =>
      scope.platform({
        ...store.access(scopeWriter(scope, 'platform', supply)),
        environment,
        facts,
        applications,
        namespaces: [...new Set(applications.map(({ namespace }) => namespace))].toSorted(),
        report: (input) => report(scopeFinding(input, supply)),
      }),
    );
  }
  store.commit();
  return store;
}

function scopeFinding(
  { component, ...input }: Parameters<ScopeContext['report']>[0],
  { origin }: Supply,
): Finding {
  const line = component && componentState.get(component)?.origin;
  return finding({ ...input, origins: [line ?? origin] });
}

function scopeWriter({ info }: ScopeState, path: string, { origin }: Supply): Writer {
  return { layer: 'scope', definition: info.name, package: info.package, path, origin };
}

function checkOverlap(holding: readonly Supply[], { application, report }: OperatedApplication): void {
  holding.forEach((supply, index) => {
    const first = holding.slice(0, index).find(({ scope }) => scope.name === supply.scope.name);
    if (first === undefined || scopeState.get(supply.scope)?.info.allowComponentOverlap === true) return;
    report(
      finding({
        code: 'scope-overlap',
        path: application,
        origins: [first.origin, supply.origin],
        written: `two scopes \`${codeName({ kind: 'scope', name: supply.scope.name })}\` hold for it`,
        allowed: 'one scope of a type for an application',
        fix: 'Narrow the selector of one of them.',
      }),
    );
  });
}

function checkClaims(
  holding: readonly Supply[],
  { application, components, report }: OperatedApplication,
): void {
  const reported = new Set<string>();
  for (const component of components) {
    const claim = Claim.tryOf(component);
    if (claim === undefined) continue;
    const { kind } = claim;
    const suppliers = holding.filter(({ scope }) => scopeState.get(scope)?.info.supplies?.includes(kind));
    if (suppliers.length === 0) report(unsupplied(component, kind));
    const names = new Set(suppliers.map(({ scope }) => scope.name));
    if (names.size < 2 || reported.has(kind)) continue;
    reported.add(kind);
    report(suppliedTwice(application, kind, suppliers));
  }
}

/** Each of them would make the object that the claim names. */
function suppliedTwice(path: string, kind: string, suppliers: readonly Supply[]): Finding {
  return finding({
    code: 'scope-conflict',
    path,
    origins: suppliers.map(({ origin }) => origin),
    written: `the scopes ${suppliers.map(({ scope: { name } }) => `\`${codeName({ kind: 'scope', name })}\``).join(' and ')} both supply each ${kind} that it claims`,
    allowed: `one scope that supplies every ${kind} of an application`,
    fix: 'Narrow the selector of one of them.',
  });
}

function unsupplied(component: Component, kind: string): Finding {
  return finding({
    code: 'claim-unsupplied',
    path: component.node.path,
    origins: [componentState.get(component)?.origin],
    written: `it claims a ${kind}, which no scope supplies`,
    allowed: `a platform that supplies a scope for every ${kind}`,
    fix:
      kind === 'secret'
        ? 'Supply `sealedSecrets()` or `externalSecrets()` on the platform.'
        : `Supply a scope that fulfils \`${kind}\`.`,
  });
}

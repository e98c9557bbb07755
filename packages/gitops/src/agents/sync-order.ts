import { finding, type Finding, type Facts } from '@strake/core';

/** In which order the applications of an environment are synced. */
export interface SyncOrder {
  /** The applications that an application calls, sorted; without those that call it in turn. */
  calledBy(application: string): readonly string[];
  /** How many applications are synced before it, one after the other. */
  depth(application: string): number;
  /** What could not be ordered for an application. */
  problems(application: string): readonly Finding[];
}

const orders = new WeakMap<Facts, SyncOrder>();

/** The order that the connections of an environment ask for. It depends on nothing else, so all projects find the same. */
export function syncOrder(facts: Facts): SyncOrder {
  const known = orders.get(facts) ?? orderOf(facts);
  orders.set(facts, known);
  return known;
}

function orderOf({ applications }: Facts): SyncOrder {
  const calls = new Map(
    applications.map(({ application, connections }) => {
      const called = connections.map(({ to }) => to.application).filter((name) => name !== application);
      return [application, [...new Set(called)].toSorted()];
    }),
  );
  const called = new Map<string, readonly string[]>();
  const depths = new Map<string, number>();
  const circles = new Map<string, readonly string[]>();
  const path = new Set<string>();
  const visit = (application: string): void => {
    if (depths.has(application)) return;
    path.add(application);
    const wanted = (calls.get(application) ?? []).filter((name) => calls.has(name));
    const back = wanted.filter((name) => path.has(name));
    const ahead = wanted.filter((name) => !path.has(name));
    for (const name of ahead) visit(name);
    path.delete(application);
    called.set(application, ahead);
    if (back.length > 0) circles.set(application, back);
    depths.set(application, Math.max(0, ...ahead.map((name) => (depths.get(name) ?? 0) + 1)));
  };
  for (const application of [...calls.keys()].toSorted()) visit(application);
  return {
    calledBy: (application) => called.get(application) ?? [],
    depth: (application) => depths.get(application) ?? 0,
    problems: (application) => (circles.get(application) ?? []).map((name) => circle(application, name)),
  };
}

function circle(application: string, called: string): Finding {
  return finding({
    code: 'agent-order-cyclic',
    severity: 'warning',
    path: application,
    written: `\`${application}\` calls \`${called}\`, which calls \`${application}\` in turn`,
    allowed: 'connections that an agent can order: each application after those it calls',
    fix: `Nothing, if \`${application}\` starts without \`${called}\`: it is synced first. Else remove one of the connections.`,
  });
}

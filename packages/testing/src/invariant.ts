import type { KubernetesObject, RenderedApplication } from '@strake/core';
import { ClusterModel, type ModelObject } from './cluster-model.ts';
import { budgetLetsPodsGo } from './invariants/budgets.ts';
import { delegatedFieldIsAbsent, takenOverObjectIsAbsent } from './invariants/delegations.ts';
import { meshedPortSaysProtocol, sidecarsMayStart, tunnelIsOpen } from './invariants/mesh.ts';
import { monitorFindsEachPodOnce, policySelectsItsPods } from './invariants/policies.ts';
import { portExists } from './invariants/ports.ts';
import { referenceResolves } from './invariants/references.ts';
import {
  serviceSelectsItsPods,
  spreadSelectsItsPods,
  workloadSelectsItsPods,
} from './invariants/selectors.ts';
import { taskEnds } from './invariants/tasks.ts';
import type { Violation } from './violation.ts';

/** What is wrong with one object. */
export interface Broken {
  readonly at: ModelObject;
  /** Where in the object: `spec.selector`. */
  readonly path?: string;
  readonly written: string;
}

/** Something that holds between all objects of a cluster, whatever traits and scopes wrote them. */
export interface Invariant {
  /** Unique name in kebab-case. */
  readonly name: string;
  /** What holds, one sentence. */
  readonly summary: string;
  check(model: ClusterModel, report: (broken: Broken) => void): void;
}

/** The invariants of Strake's own definitions, and of every definition that is to work beside them. */
export const invariants: readonly Invariant[] = [
  serviceSelectsItsPods,
  workloadSelectsItsPods,
  spreadSelectsItsPods,
  policySelectsItsPods,
  monitorFindsEachPodOnce,
  delegatedFieldIsAbsent,
  takenOverObjectIsAbsent,
  budgetLetsPodsGo,
  portExists,
  referenceResolves,
  meshedPortSaysProtocol,
  tunnelIsOpen,
  sidecarsMayStart,
  taskEnds,
];

/** What invariants are checked with. */
export interface InvariantOptions {
  /** @default - all of `invariants` */
  readonly invariants?: readonly Invariant[];
  /** Objects that somebody else makes, so that they may be referred to: `Secret/registry`. */
  readonly given?: Iterable<string>;
}

/**
 * Checks the rendered applications of one environment, with what controllers make of them.
 *
 * @example
 * expect(checkInvariants(render(config).applications)).toEqual([]);
 */
export function checkInvariants(
  applications: readonly RenderedApplication[],
  { invariants: wanted = invariants, given = [] }: InvariantOptions = {},
): readonly Violation[] {
  const model = new ClusterModel(applications, given);
  const found: Violation[] = [];
  for (const { name, check } of wanted) {
    check(model, ({ at, path, written }) => {
      const { definition } = at.manifest?.writer ?? {};
      found.push({
        invariant: name,
        definitions: definition === undefined ? [] : [definition],
        component: at.owner === '' ? at.namespace : at.owner,
        object: objectText(at.object),
        ...(path === undefined ? {} : { path }),
        written,
      });
    });
  }
  return found;
}

function objectText({ kind, metadata }: KubernetesObject): string {
  return `${kind}/${metadata.name}`;
}

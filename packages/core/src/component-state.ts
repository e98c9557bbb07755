import type { IConstruct } from 'constructs';
import type { ComponentInfo } from './component.ts';
import { compositionOf } from './composition.ts';
import type { Connection } from './connection.ts';
import { finding } from './finding.ts';
import { hidden } from './hidden.ts';
import { closerOrigin, type Origin } from './source-line.ts';
import { traitState, type Trait, type TraitState } from './trait.ts';

/** A trait on a component. */
export interface Attachment extends TraitState {
  /** Where it was attached. */
  readonly attachedAt: Origin;
}

/** What a component remembers besides its constructs. */
export interface ComponentState {
  readonly info: ComponentInfo;
  /** Where it was constructed. */
  readonly origin: Origin;
  /** Whether its properties were right, so that it was built. */
  readonly built: boolean;
  readonly attachments: Attachment[];
  readonly connections: Connection[];
}

export const componentState = hidden<ComponentState>('component');

/** Whether a component's properties were right, so that it was built. */
export function isBuilt(component: IConstruct): boolean {
  return componentState.get(component)?.built !== false;
}

/** Records a trait on a component. What is wrong with the attachment is a finding, never an error. */
export function attachTo(construct: IConstruct, trait: Trait<string>, attachedAt: Origin): void {
  const state = componentState.get(construct);
  const attached = traitState.get(trait);
  if (state !== undefined && attached !== undefined) {
    state.attachments.push({ ...attached, attachedAt: closerOrigin(attachedAt, attached.origin) });
    return;
  }
  compositionOf(construct).report(
    finding({
      code: 'property-invalid',
      path: construct.node.path,
      origins: [attachedAt],
      written: 'something is attached that is not a trait',
      allowed: 'traits, as their factories make them',
      fix: 'Call the factory: attach(replicas({ count: 3 })).',
    }),
  );
}

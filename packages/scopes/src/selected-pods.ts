import { Pods, type Component, type ComponentFacts, type Peer, type ScopeContext } from '@strake/core';
import { writtenPods } from './written-pods.ts';

type Labels = Readonly<Record<string, string>>;

const NAME = 'app.kubernetes.io/name';
const PART_OF = 'app.kubernetes.io/part-of';

/**
 * Labels that policies select a component's pods by. The application's name is among them where the pods have it, so
 * that pods of the same name that somebody else installed there are not meant. Undefined where there is nothing to select.
 */
export function selectedBy(
  component: Component,
  context: Pick<ScopeContext, 'edit'> & { readonly application: string },
): Labels | undefined {
  const labels = Pods.tryOf(component)?.labels ?? {};
  if (Object.keys(labels).length === 0) return undefined;
  const own = writtenPods(component, context)?.labels ?? {};
  return own[PART_OF] === context.application ? { ...labels, [PART_OF]: context.application } : labels;
}

/** The same of a component that only facts are known of: those whose pods have its name have the application's too. */
export function selectedPeer(
  { labels, adopted }: Pick<ComponentFacts, 'labels' | 'adopted'>,
  { application }: Peer,
): Labels {
  return adopted === true || labels[NAME] === undefined ? labels : { ...labels, [PART_OF]: application };
}

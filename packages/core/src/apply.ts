import type { Admission } from './scope.ts';
import { attachedTraits, type AppliedTrait } from './attached-traits.ts';
import { componentState } from './component-state.ts';
import { apiObjects, attempt, type ComposedApplication } from './compose.ts';
import { writeConnections } from './connections.ts';
import type { Facts } from './facts.ts';
import { finding } from './finding.ts';
import { isKubernetesObject, type KubernetesObject } from './kubernetes-object.ts';
import { losslessJson } from './lossless.ts';
import { ObjectStore } from './writes/object-store.ts';
import type { Writer } from './writes/write.ts';

/** An application whose component and trait layers are written. */
export interface OperatedApplication extends ComposedApplication {
  readonly store: ObjectStore;
  readonly admissions: readonly Admission[];
}

/** Writes the component layer and the trait layer of an application. */
export function applyTraits(composed: ComposedApplication, facts: Facts): OperatedApplication {
  const store = new ObjectStore(composed.namespace, composed.report);
  writeComponents(composed, store);
  writeConnections(composed, facts, store);
  store.commit();
  const admissions: Admission[] = [];
  const traits = attachedTraits(composed);
  for (const isLast of [false, true]) {
    for (const trait of traits) {
      if ((trait.attachment.info.last ?? false) === isLast) applyTrait(trait, composed, store, admissions);
    }
    store.commit();
  }
  return { ...composed, store, admissions };
}

function writeComponents({ construct, application, report }: ComposedApplication, store: ObjectStore): void {
  if (construct === undefined) return;
  for (const { object, owner } of apiObjects(construct)) {
    const state = owner && componentState.get(owner);
    const writer: Writer = {
      layer: 'component',
      definition: state?.info.name ?? 'application',
      package: state?.info.package ?? '@strake/core',
      path: owner?.node.path ?? application,
      origin: state?.origin,
    };
    const json = attempt({ application: writer.path, report }, writer.origin, () => losslessJson(object));
    if (isKubernetesObject(json)) store.access(writer).create(json);
    else if (json !== undefined) report(invalidObject(writer, object.node.path));
  }
}

function invalidObject(writer: Writer, path: string) {
  return finding({
    code: 'object-invalid',
    path: writer.path,
    origins: [writer.origin],
    written: `\`${path}\` lacks an apiVersion, a kind or a name`,
    allowed: 'objects with apiVersion, kind and metadata.name',
    fix: 'Give the object what it lacks.',
  });
}

function applyTrait(
  { component, attachment, handed }: AppliedTrait,
  { application, namespace, environment, report }: ComposedApplication,
  store: ObjectStore,
  admissions: Admission[],
): void {
  const { path } = component.node;
  const { info, attachedAt } = attachment;
  const writer: Writer = {
    layer: 'trait',
    definition: info.name,
    package: info.package,
    path,
    origin: attachedAt,
  };
  const { edit, create, ensure } = store.access(writer);
  const { name, labels } = component;
  const labelled = ({ metadata, ...object }: KubernetesObject): KubernetesObject => ({
    ...object,
    metadata: { ...metadata, labels: { ...labels, ...metadata.labels } },
  });
  attempt({ application: path, report }, attachedAt, () =>
    attachment.apply(
      component,
      {
        edit,
        create: (object) => create(labelled(object)),
        ensure,
        component: { name, labels },
        application,
        namespace,
        environment,
        objects: () => store.objectsOf(path),
        admit: (caller) => admissions.push({ ...caller, component: component.node.id }),
        report: (input) => report(finding({ ...input, path, origins: [attachedAt] })),
      },
      handed,
    ),
  );
}

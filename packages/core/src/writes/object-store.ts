import type { ApiObject } from 'cdk8s';
import { writerName } from '../code-name.ts';
import { isClusterScoped } from '../kubernetes/cluster-scoped.ts';
import { copyJson } from '../json.ts';
import {
  identityKey,
  identityOf,
  inNamespace,
  isKubernetesObject,
  type KubernetesObject,
} from '../kubernetes-object.ts';
import { structureOf } from '../kubernetes/structure.ts';
import { historyOf, type LeafHistory } from './history.ts';
import { LayeredObject } from './layered-object.ts';
import { objectWriter, type ObjectWriter } from './object-writer.ts';
import { shortPathText } from './path.ts';
import { distinctWriters, identityText, writeProblem, type ObjectIdentity, type Report } from './problem.ts';
import { invalidValue, type InvalidValue } from './valid-value.ts';
import { ownOperation, type Operation, type Write, type Writer } from './write.ts';

/** What one writer can do to the objects of a store. */
export interface StoreAccess {
  /** The writer for an object that a lower layer made. */
  edit(object: ObjectIdentity | ApiObject): ObjectWriter;
  /** Makes an object that nobody else makes. */
  create(object: KubernetesObject): void;
  /** The writer for an object that several definitions may make together. */
  ensure(object: KubernetesObject): ObjectWriter;
}

/** What one writer can know of how objects came to be. */
export interface StoreHistory {
  /** How the values of an object came to be, as the layer below left it; nothing of an object that is not there. */
  history(object: ObjectIdentity | ApiObject): readonly LeafHistory[];
}

interface Pending {
  readonly object: LayeredObject;
  readonly writes: Write[];
}

/** The objects of one application, and the writes to them that wait for the end of their layer. */
export class ObjectStore {
  readonly namespace: string;
  readonly report: Report;
  readonly known = new Map<string, LayeredObject>();
  readonly pending = new Map<string, Pending>();

  constructor(namespace: string, report: Report) {
    this.namespace = namespace;
    this.report = report;
  }

  access(writer: Writer): StoreAccess & StoreHistory {
    const create = (object: KubernetesObject, shared: boolean) => {
      const value = inNamespace(object, this.namespace);
      this.collect(identityOf(value), { writer, operation: { kind: 'create', value, shared }, options: {} });
      return identityOf(value);
    };
    const edit = (object: ObjectIdentity | ApiObject) => {
      const identity = this.identify(object);
      return objectWriter(
        (operation, options) => this.collect(identity, { writer, operation, options }),
        (steps) => this.known.get(identityKey(identity))?.read(steps),
        structureOf(identity.apiVersion, identity.kind),
      );
    };
    return {
      edit,
      create: (object) => void create(object, false),
      ensure: (object) => edit(create(object, true)),
      history: (object) => {
        const known = this.known.get(identityKey(this.identify(object)));
        return known === undefined ? [] : historyOf(known);
      },
    };
  }

  /** The identity of an object, in this store's namespace unless it says another. */
  identify(object: ObjectIdentity | ApiObject): ObjectIdentity {
    const { apiVersion, kind, name } = object;
    const namespace = 'metadata' in object ? object.metadata.namespace : object.namespace;
    if (isClusterScoped(apiVersion, kind)) return { apiVersion, kind, name };
    return { apiVersion, kind, name, namespace: namespace ?? this.namespace };
  }

  /** Copies of the objects, all or those of one kind, as the last finished layer left them, in the order in which they came. */
  objects(kind?: string): KubernetesObject[] {
    return this.copies(({ identity }) => kind === undefined || identity.kind === kind);
  }

  /** Copies of the objects that were made for the component or application at a construct path. */
  objectsOf(path: string): KubernetesObject[] {
    return this.copies(({ creations }) => creations.some(({ writer }) => writer.path === path));
  }

  copies(isWanted: (object: LayeredObject) => boolean): KubernetesObject[] {
    const copies: KubernetesObject[] = [];
    for (const object of this.known.values()) {
      if (object.value === undefined || !isWanted(object)) continue;
      const copy = copyJson(object.value);
      if (isKubernetesObject(copy)) copies.push(copy);
    }
    return copies;
  }

  collect(identity: ObjectIdentity, write: Write): void {
    const operation = ownOperation(write.operation);
    if (operation === undefined) return this.report(invalidFinding(identity, write));
    const key = identityKey(identity);
    let pending = this.pending.get(key);
    if (pending === undefined) {
      pending = { object: this.known.get(key) ?? new LayeredObject(identity), writes: [] };
      this.pending.set(key, pending);
    }
    pending.writes.push({ ...write, operation });
  }

  /** Ends a layer: applies every write that was collected since the last one ended. */
  commit(): void {
    for (const [key, { object, writes }] of this.pending) {
      if (!this.known.has(key) && !writes.some(({ operation }) => operation.kind === 'create')) {
        this.report(missingFinding(object.identity, writes));
        continue;
      }
      const creations = writes.filter(isExclusive);
      object.creations.push(...creations);
      if (creations.length > 0 && object.creations.length > 1) {
        this.report(duplicateFinding(object.identity, object.creations));
      }
      object.apply(writes, this.report);
      this.known.set(key, object);
    }
    this.pending.clear();
  }
}

function isExclusive({ operation }: Write): boolean {
  return operation.kind === 'create' && !operation.shared;
}

function invalidFinding(object: ObjectIdentity, write: Write) {
  const { steps, type } = invalidValue(write.operation) ?? misfit(write.operation);
  const place = { object, steps: [] };
  return writeProblem('value-invalid', [write], place, {
    written: `${writerName(write.writer)} writes ${type}${steps === '' ? '' : ` at \`${steps}\``}`,
    allowed: 'strings, finite numbers, booleans, lists and plain maps',
    fix: 'Write the value in one of these forms.',
  });
}

/** A value that JSON can hold, and that is not what the operation wants; types keep it out where they hold. */
function misfit(operation: Operation): InvalidValue {
  const steps = operation.kind === 'create' ? '' : shortPathText(operation.steps);
  if (operation.kind === 'append') return { steps, type: 'no list of values' };
  return { steps, type: operation.kind === 'set' ? 'undefined' : 'no map' };
}

function duplicateFinding(object: ObjectIdentity, creations: readonly Write[]) {
  const makers = creations.map(({ writer }) => `${writerName(writer)} of ${writer.path}`).toSorted();
  const place = { object, steps: [] };
  return writeProblem('object-duplicate', creations, place, {
    written: `made by ${makers.join(' and by ')}`,
    allowed: `one ${object.kind} of that name in a namespace`,
    fix: 'Give one of them another name, or detach one.',
  });
}

function missingFinding(object: ObjectIdentity, writes: readonly Write[]) {
  const definitions = distinctWriters(writes).map(writerName);
  const place = { object, steps: [] };
  return writeProblem('no-such-object', writes, place, {
    written: `${definitions.join(' and ')} ${definitions.length === 1 ? 'writes' : 'write'} to it`,
    allowed: 'an object that a lower layer made',
    fix: `Make ${identityText(object)} first: with create(), or in a component.`,
  });
}

import { LAYERS, type LockedApplication, type Manifest, type Writer } from '@strake/core';
import type { Describe } from '@strake/gitops';
import { definitionPackages } from '../definition-packages.ts';
import { objectKey, withWriters } from '../diff/object-change.ts';
import type { ValueChange } from '../diff/value-changes.ts';
import { changeLine, namedWriter } from './change-line.ts';
import { changedObjects, type ChangedObject } from './changed-objects.ts';

/** The manifests of a render, by environment, application and object: they know who wrote what. */
export type KnownManifests = Map<string, Manifest>;

/** Hands applications on, one after the other, and keeps what knows who wrote what. */
export function* knowing(
  rendered: Iterable<LockedApplication>,
  known: KnownManifests,
): Generator<LockedApplication> {
  for (const each of rendered) {
    for (const manifest of each.manifests)
      known.set(`${each.environment.name}/${each.application}/${objectKey(manifest.object)}`, manifest);
    yield each;
  }
}

/** What a delivery says of what it changes. Of files that another run rendered nobody is known. */
export function describing(known: KnownManifests, directory: string): Describe {
  const versions = new Map(definitionPackages(directory).map((each) => splitAtVersion(each)));
  return (files) => {
    const layers = new Set<string>();
    const named = (writers: readonly Writer[]) =>
      writers.map((writer) => {
        layers.add(writer.layer);
        return namedWriter(writer, versions, directory);
      });
    const lines = changedObjects(files).flatMap((changed) => {
      const manifest = known.get(keyOf(changed));
      if (changed.change !== 'changed')
        return [changeLine(changed, undefined, named(changed.change === 'added' ? creator(manifest) : []))];
      return changed.values.map((value) => changeLine(changed, value, named(writersOf(value, manifest))));
    });
    return { lines, layers: LAYERS.filter((layer) => layers.has(layer)) };
  };
}

function keyOf({ environment, application, object }: ChangedObject): string {
  return `${environment}/${application}/${objectKey(object)}`;
}

function creator(manifest: Manifest | undefined): readonly Writer[] {
  return manifest?.writer === undefined ? [] : [manifest.writer];
}

function writersOf(value: ValueChange, manifest: Manifest | undefined): readonly Writer[] {
  return manifest === undefined ? [] : withWriters(value, manifest).by;
}

function splitAtVersion(text: string): [name: string, version: string] {
  const at = text.lastIndexOf('@');
  return [text.slice(0, at), text.slice(at + 1)];
}

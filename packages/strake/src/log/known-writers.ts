import type { LockedApplication, Manifest, Writer } from '@strake/core';
import { definitionPackages } from '../definition-packages.ts';
import { objectKey, withWriters } from '../diff/object-change.ts';
import type { ValueChange } from '../diff/value-changes.ts';
import { namedWriter, type NamedWriter } from './change-line.ts';

/** The manifests of a render, by environment, application and object. */
export type KnownManifests = Map<string, Manifest>;

/** Who wrote what in a render, by environment, application and object. */
export interface KnownWriters {
  /** Who made an object. */
  creators(key: string): readonly NamedWriter[];
  /** Who wrote the new value. */
  writers(key: string, value: ValueChange): readonly NamedWriter[];
}

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

/** What the manifests of this run know. */
export function knownWriters(known: KnownManifests, directory: string): KnownWriters {
  const named = naming(directory);
  return {
    creators: (key) => {
      const writer = known.get(key)?.writer;
      return writer === undefined ? [] : [named(writer)];
    },
    writers: (key, value) => {
      const manifest = known.get(key);
      return manifest === undefined ? [] : withWriters(value, manifest).by.map(named);
    },
  };
}

/** Names writers, each worked out once. */
export function naming(directory: string): (writer: Writer) => NamedWriter {
  const versions = new Map(definitionPackages(directory).map(splitAtVersion));
  const names = new Map<Writer, NamedWriter>();
  return (writer) => {
    const name = names.get(writer) ?? namedWriter(writer, versions, directory);
    names.set(writer, name);
    return name;
  };
}

function splitAtVersion(text: string): [name: string, version: string] {
  const at = text.lastIndexOf('@');
  return [text.slice(0, at), text.slice(at + 1)];
}

import { readFileSync } from 'node:fs';
import { render, type Config, type JsonObject } from '@strake/core';
import { parseAllDocuments } from 'yaml';
import * as z from 'zod';

const object = z.record(z.string(), z.json());

/** The objects of a YAML file. */
export function objectsIn(file: string): JsonObject[] {
  return parseAllDocuments(readFileSync(file, 'utf8')).flatMap((document) => {
    const value: unknown = document.toJS();
    return value === null ? [] : [object.parse(value)];
  });
}

/** What a configuration renders, with its findings. */
export function renderedBy(config: Config) {
  const { applications, findings } = render(config);
  const objects: JsonObject[] = applications.flatMap(({ manifests }) =>
    manifests.map(({ object: each }) => each),
  );
  return { applications, findings, objects };
}

/** A difference that restarts, recreates and orphans nothing: the namespace and the recommended labels of an object. */
export const METADATA_ONLY = /^\+ \S+ metadata\.(namespace|labels\[app\.kubernetes\.io\/[a-z-]+\])$/;

/** How many objects there are of each kind. */
export function countedKinds(objects: readonly JsonObject[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { kind } of objects) {
    if (typeof kind === 'string') counts[kind] = (counts[kind] ?? 0) + 1;
  }
  return counts;
}

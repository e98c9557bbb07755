import type { JsonObject, LockedImage } from '@strake/core';
import { isMap, isScalar, isSeq, Scalar, type Document, type YAMLMap, type YAMLSeq } from 'yaml';
import { emit } from '../emit.ts';
import { lockDocument } from './image-lock.ts';

const COMPACT = /^images:[^\n]*\n(?:(?: *#[^\n]*)?\n)*- /m;

/**
 * An image lock with these entries changed or added. Comments, other entries and everything else stay. A lock that there is
 * not yet is made; what is there must have been parsed without findings.
 */
export function editImageLock(text: string | undefined, changed: readonly LockedImage[]): string {
  if (text === undefined || text.trim() === '') return newLock(changed);
  const document = lockDocument(text);
  const list = imagesOf(document);
  let isChanged = false;
  for (const locked of changed) {
    const entry = list.items.find((item) => isMap(item) && String(item.get('name')) === locked.name);
    if (isMap(entry)) isChanged = editEntry(document, entry, locked) || isChanged;
    else isChanged = addEntry(document, list, locked);
  }
  return isChanged ? document.toString({ lineWidth: 0, indentSeq: !COMPACT.test(text) }) : text;
}

/** The comment by which a bot knows what to write there (Flux: setters). */
export function setterMarker(policy: string, field?: 'tag' | 'digest'): string {
  return `{"$imagepolicy": "${policy}${field === undefined ? '' : `:${field}`}"}`;
}

function newLock(changed: readonly LockedImage[]): string {
  const sorted = changed.toSorted((left, right) => (left.name < right.name ? -1 : 1));
  const comments = new Map<string, string>();
  const images = sorted.map(({ name, newTag, digest, marker }, index): JsonObject => {
    if (marker !== undefined) comments.set(`/images/${index}/newTag`, setterMarker(marker, 'tag'));
    if (marker !== undefined && digest !== undefined)
      comments.set(`/images/${index}/digest`, setterMarker(marker, 'digest'));
    return { name, newTag, digest };
  });
  return emit({ apiVersion: 'kustomize.config.k8s.io/v1alpha1', kind: 'Component', images }, comments);
}

function imagesOf(document: Document): YAMLSeq {
  const found: unknown = document.get('images');
  if (isSeq(found)) return found;
  const list = document.createNode([]);
  document.set('images', list);
  return list;
}

function editEntry(document: Document, entry: YAMLMap, { newTag, digest, marker }: LockedImage): boolean {
  const isTagChanged = setText(entry, 'newTag', newTag);
  if (digest === undefined) return entry.delete('digest') || isTagChanged;
  if (entry.has('digest')) return setText(entry, 'digest', digest) || isTagChanged;
  entry.add(document.createPair('digest', markedScalar(digest, marker, 'digest')));
  return true;
}

/** Double quotes are what a bot leaves as they are, whatever it writes between them. */
function setText(entry: YAMLMap, field: string, text: string): boolean {
  const scalar = entry.get(field, true);
  if (!isScalar(scalar)) return false;
  const written = scalar.type === 'PLAIN' ? scalar.source : scalar.value;
  if (written === text) return false;
  scalar.value = text;
  scalar.type = Scalar.QUOTE_DOUBLE;
  return true;
}

function addEntry(document: Document, list: YAMLSeq, { name, newTag, digest, marker }: LockedImage): true {
  const entry = document.createNode({ name });
  entry.add(document.createPair('newTag', markedScalar(newTag, marker, 'tag')));
  if (digest !== undefined) entry.add(document.createPair('digest', markedScalar(digest, marker, 'digest')));
  list.flow = false;
  list.add(entry);
  return true;
}

function markedScalar(text: string, marker: string | undefined, field: 'tag' | 'digest'): Scalar {
  const scalar = new Scalar(text);
  scalar.type = Scalar.QUOTE_DOUBLE;
  if (marker !== undefined) scalar.comment = ` ${setterMarker(marker, field)}`;
  return scalar;
}

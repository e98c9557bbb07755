import { finding, type Finding, type LockedImage } from '@strake/core';
import { isMap, isScalar, isSeq, parseDocument, type Document, type Scalar, type YAMLMap } from 'yaml';

/** What an image lock says, and what is wrong with it. */
export interface ImageLock {
  /** In the order of the file. */
  readonly images: readonly LockedImage[];
  readonly findings: readonly Finding[];
}

const TAG = /^\w[\w.-]{0,127}$/;
const DIGEST = /^(?:sha256:[a-f0-9]{64}|sha512:[a-f0-9]{128})$/;
const POLICY = /^[a-z0-9.-]{1,253}:[a-z0-9.-]{1,253}$/;
const FIELDS = ['name', 'newTag', 'digest'];

/** Reads an image lock: a Component of kustomize with `images:` (kustomize: Image). */
export function parseImageLock(text: string, path: string): ImageLock {
  const findings: Finding[] = [];
  const report = (written: string) => void findings.push(invalid(path, written));
  const images: LockedImage[] = [];
  for (const entry of lockEntries(lockDocument(text), report)) {
    const locked = entryOf(entry, report);
    if (locked === undefined) continue;
    if (images.some(({ name }) => name === locked.name)) report(`\`${locked.name}\` is locked twice`);
    else images.push(locked);
  }
  return { images, findings };
}

/** A lock as the library has it, with comments. Its own look for equal keys takes quadratic time. */
export function lockDocument(text: string): Document {
  return parseDocument(text, { uniqueKeys: false, prettyErrors: false, logLevel: 'error' });
}

function lockEntries(document: Document, report: (written: string) => void): readonly YAMLMap[] {
  const [wrong] = document.errors;
  if (wrong !== undefined) return (report(`it is not one YAML document: ${wrong.message.slice(0, 200)}`), []);
  if (hasEqualKeys(document.contents)) return (report('a key is given twice'), []);
  const list: unknown = isMap(document.contents) ? document.contents.get('images') : undefined;
  if (list === undefined && (document.contents === null || isMap(document.contents))) return [];
  if (!isSeq(list)) return (report('`images` is no list'), []);
  const maps = list.items.filter((item) => isMap(item));
  if (maps.length < list.items.length) report('an entry of `images` is no map');
  return maps;
}

function entryOf(entry: YAMLMap, report: (written: string) => void): LockedImage | undefined {
  const unknown = entry.items.map(({ key }) => String(key)).find((key) => !FIELDS.includes(key));
  if (hasEqualKeys(entry)) return (report('an entry has a key twice'), undefined);
  const scalars = FIELDS.map((field) => entry.get(field, true));
  const [name, newTag, digest] = scalars.map((each) => (isScalar(each) ? textOf(each) : undefined));
  if (unknown !== undefined) return (report(`an entry has \`${unknown}\``), undefined);
  if (name === undefined || name === '') return (report('an entry has no `name`'), undefined);
  if (newTag === undefined || !TAG.test(newTag))
    return (report(`\`${name}\` has no \`newTag\` that is a tag`), undefined);
  if (scalars[2] !== undefined && (digest === undefined || !DIGEST.test(digest)))
    return (report(`\`digest\` of \`${name}\` is no digest`), undefined);
  const policies = [markerOf(scalars[1], 'tag'), markerOf(scalars[2], 'digest')];
  if (digest !== undefined && policies[0] !== policies[1])
    return (
      report(`a bot would change one of \`newTag\` and \`digest\` of \`${name}\` without the other`),
      undefined
    );
  const [marker] = policies;
  return { name, newTag, ...(digest && { digest }), ...(marker && { marker }) };
}

function hasEqualKeys(node: unknown): boolean {
  return isMap(node) && new Set(node.items.map(({ key }) => String(key))).size < node.items.length;
}

/** What stands there: `1.10` without quotes is a tag as well, and no number. */
function textOf({ value, source, type }: Scalar): string | undefined {
  if (type === 'PLAIN') return source;
  return typeof value === 'string' ? value : undefined;
}

/** The policy that a marker names; the marker is all that the comment may hold (Flux: setters). */
function markerOf(scalar: unknown, field: 'tag' | 'digest'): string | undefined {
  if (!isScalar(scalar) || typeof scalar.comment !== 'string') return undefined;
  const [, setter = ''] = /^\s*\{\s*"\$imagepolicy"\s*:\s*"([^"\\]*)"\s*\}\s*$/.exec(scalar.comment) ?? [];
  const policy = setter.endsWith(`:${field}`) ? setter.slice(0, -field.length - 1) : '';
  return POLICY.test(policy) ? policy : undefined;
}

function invalid(path: string, written: string): Finding {
  return finding({
    code: 'input-invalid',
    path,
    written,
    allowed:
      'a list `images` of maps with `name`, `newTag` and perhaps `digest`, both with markers of one policy or of none',
    fix: 'Correct the file, or restore it from git.',
  });
}

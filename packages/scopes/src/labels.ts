import * as z from 'zod';

const KEY = /^([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?\/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;
const VALUE = /^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/;

const key = z.string().regex(KEY, 'a key such as `team` or `example.com/team`');

/** The schema of labels, as Kubernetes accepts them (Labels and Selectors). */
export const labelsSchema = z
  .record(key, z.string().regex(VALUE, 'at most 63 letters, digits, `-`, `_` and `.`'))
  .readonly();

/** The schema of annotations, whose values may be any text. */
export const annotationsSchema = z.record(key, z.string()).readonly();

/** The schema of a namespace's name (RFC 1123). */
export const namespaceSchema = z
  .string()
  .regex(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/, 'the name of a namespace, such as `monitoring`');

import * as z from 'zod';

const KEY = /^([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?\/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;
const VALUE = /^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/;

/** The schema of a label's key, as Kubernetes accepts it (Labels and Selectors). */
export const labelKey = z.string().regex(KEY, 'a label key such as `topology.kubernetes.io/zone`');

/** The schema of a label's value. */
export const labelValue = z.string().regex(VALUE, 'at most 63 letters, digits, `-`, `_` and `.`');

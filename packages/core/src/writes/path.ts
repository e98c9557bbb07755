import { shortName } from '../short-text.ts';

/**
 * Where in an object something stands: `spec.template.spec.containers[web].image`.
 * Brackets hold an element's key (`ports[80/UDP]`; TCP may be left out: `ports[80]`) or a map key with dots
 * (`labels[app.kubernetes.io/name]`).
 * An array of the steps says the same: `['metadata', 'labels', 'app.kubernetes.io/name']`.
 */
export type Path = string | readonly string[];

const STEP = /\[([^\]]*)\]|([^.[\]]+)/g;

/** The steps of a path. */
export function stepsOf(path: Path): readonly string[] {
  if (typeof path !== 'string') return path;
  if (!/[[\]]/.test(path)) return path.split('.').filter((step) => step !== '');
  return [...path.matchAll(STEP)].map((match) => match[1] ?? match[2] ?? '');
}

/** The text of steps, as it stands in findings. */
export function pathText(steps: readonly string[]): string {
  return steps.reduce(
    (text, step) => (/^[\w-]+$/.test(step) ? (text === '' ? step : `${text}.${step}`) : `${text}[${step}]`),
    '',
  );
}

/** The text of steps for a finding's reader, who is not shown the whole of a long key. */
export function shortPathText(steps: readonly PropertyKey[]): string {
  return pathText(steps.map(shortName));
}

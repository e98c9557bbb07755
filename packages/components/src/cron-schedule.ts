import * as z from 'zod';

/** One field of a cron schedule. */
interface Field {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  /** Words for the numbers from `min` on. */
  readonly words?: readonly string[];
}

const FIELDS: readonly Field[] = [
  { name: 'a minute', min: 0, max: 59 },
  { name: 'an hour', min: 0, max: 23 },
  { name: 'a day of the month', min: 1, max: 31 },
  {
    name: 'a month',
    min: 1,
    max: 12,
    words: ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'],
  },
  {
    name: 'a day of the week',
    min: 0,
    max: 6,
    words: ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'],
  },
];

const MACRO = /^@(yearly|annually|monthly|weekly|daily|midnight|hourly|every ([0-9]+(\.[0-9]+)?(h|m|s))+)$/;

/** The schema of when something runs, as Kubernetes reads it (Kubernetes API: CronJobSpec). */
export const cronSchedule = z.string().superRefine((text, context) => {
  const message = allowedInstead(text);
  if (message !== undefined) context.addIssue({ code: 'custom', message });
});

function allowedInstead(text: string): string | undefined {
  if (/TZ=/.test(text)) return 'a schedule without `TZ=`: the time zone stands in `timeZone`';
  if (text.startsWith('@')) {
    return MACRO.test(text)
      ? undefined
      : '`@hourly`, `@daily`, `@weekly`, `@monthly`, `@yearly` or `@every 90m`';
  }
  const fields = text.trim().split(/\s+/);
  if (fields.length !== FIELDS.length) {
    return 'five fields, as in `0 3 * * *`: minute, hour, day of the month, month, day of the week';
  }
  const wrong = FIELDS.find((field, index) => !isField(fields[index] ?? '', field));
  return wrong && expected(wrong);
}

function expected({ name, min, max, words }: Field): string {
  const spelt = words === undefined ? '' : ` or ${words[0]?.toUpperCase()} to ${words.at(-1)?.toUpperCase()}`;
  return `${name} from ${min} to ${max}${spelt}, \`*\`, a range, a list or a step such as \`*/2\``;
}

function isField(text: string, field: Field): boolean {
  return text.split(',').every((part) => isPart(part, field));
}

/** One number, range or `*`, with or without a step. */
function isPart(text: string, field: Field): boolean {
  const [range = '', step, ...moreSteps] = text.split('/');
  if (moreSteps.length > 0 || (step !== undefined && !/^0*[1-9][0-9]{0,5}$/.test(step))) return false;
  if (range === '*' || range === '?') return true;
  const [first = Number.NaN, last = first, ...more] = range.split('-').map((each) => numberOf(each, field));
  return more.length === 0 && field.min <= first && first <= last && last <= field.max;
}

function numberOf(text: string, { min, words = [] }: Field): number {
  const index = words.indexOf(text.toLowerCase());
  if (index >= 0) return min + index;
  return /^[0-9]{1,4}$/.test(text) ? Number(text) : Number.NaN;
}

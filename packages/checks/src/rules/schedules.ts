import { defineRule } from '@strake/core';
import { textAt } from './reading.ts';

/** The schedule of every CronJob is one that Kubernetes reads. */
export const validCronJobSchedule = defineRule({
  package: '@strake/checks',
  code: 'valid-cron-job-schedule',
  summary: 'five fields, as in `0 3 * * *`, or one of `@hourly`, `@daily`, `@weekly`, `@monthly`, `@yearly`',
  why: 'The API server refuses the CronJob.',
  fix: 'Correct the schedule.',
  severity: 'error',
  check(target, report) {
    for (const at of target.of('CronJob.batch')) {
      const schedule = textAt(at, 'spec', 'schedule') ?? '';
      if (!isSchedule(schedule)) report({ at, written: `its schedule is \`${schedule}\`` });
    }
  },
});

/** Smallest and largest number of each field, and the words for its numbers. */
const FIELDS: readonly (readonly [number, number, string?])[] = [
  [0, 59],
  [0, 23],
  [1, 31],
  [1, 12, 'jan feb mar apr may jun jul aug sep oct nov dec'],
  [0, 6, 'sun mon tue wed thu fri sat'],
];

const MACRO = /^@(?:yearly|annually|monthly|weekly|daily|midnight|hourly|every (?:\d+(?:\.\d+)?[hms])+)$/;

/** Whether Kubernetes reads a text as a schedule (Kubernetes API: CronJobSpec; the time zone has its own field). */
function isSchedule(text: string): boolean {
  if (text.startsWith('@')) return MACRO.test(text);
  const fields = text.trim().split(/\s+/);
  return (
    fields.length === FIELDS.length &&
    FIELDS.every((field, index) => (fields[index] ?? '').split(',').every((part) => isPart(part, field)))
  );
}

/** One number, range or `*`, with or without a step. */
function isPart(text: string, [min, max, words = '']: (typeof FIELDS)[number]): boolean {
  const [range = '', step = '1', ...moreSteps] = text.split('/');
  if (moreSteps.length > 0 || !/^0*[1-9]\d{0,5}$/.test(step)) return false;
  if (range === '*' || range === '?') return true;
  const numbers = range
    .toLowerCase()
    .split('-')
    .map((each) => {
      const word = words.split(' ').indexOf(each);
      return word >= 0 && each !== '' ? min + word : /^\d{1,4}$/.test(each) ? Number(each) : Number.NaN;
    });
  const [first = Number.NaN, last = first] = numbers;
  return numbers.length <= 2 && min <= first && first <= last && last <= max;
}

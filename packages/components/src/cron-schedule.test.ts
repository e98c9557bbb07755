import { expect, test } from 'vitest';
import { cronSchedule } from './cron-schedule.ts';

const allowedInsteadOf = (text: string) => cronSchedule.safeParse(text).error?.issues[0]?.message;

test.each([
  '* * * * *',
  '*/15 0-6,22 ? JAN-jun mon',
  '0 3 1,15 * 0',
  '5/10 0 31 12 SAT',
  '0  3\t* * *',
  '@daily',
  '@midnight',
  '@every 1h30m',
])('takes %s', (text) => {
  expect(allowedInsteadOf(text)).toBeUndefined();
});

test.each([
  ['', 'five fields'],
  ['* * * *', 'five fields'],
  ['0 * * * * *', 'five fields'],
  ['60 * * * *', 'a minute from 0 to 59'],
  ['* 24 * * *', 'an hour from 0 to 23'],
  ['* * 0 * *', 'a day of the month from 1 to 31'],
  ['* * * 13 *', 'a month from 1 to 12 or JAN to DEC'],
  ['* * * * 7', 'a day of the week from 0 to 6 or SUN to SAT'],
  ['* * * * MONDAY', 'a day of the week'],
  ['30-10 * * * *', 'a minute'],
  ['*/0 * * * *', 'a minute'],
  ['1-2-3 * * * *', 'a minute'],
  ['1/2/3 * * * *', 'a minute'],
  ['1, * * * *', 'a minute'],
  ['-1 * * * *', 'a minute'],
  ['1.5 * * * *', 'a minute'],
  ['JAN * * * *', 'a minute'],
  ['@reboot', '`@hourly`'],
  ['@every', '`@hourly`'],
  ['@every soon', '`@hourly`'],
  ['TZ=UTC 0 3 * * *', '`timeZone`'],
  ['CRON_TZ=UTC 0 3 * * *', '`timeZone`'],
])('rejects "%s", and says %s', (text, words) => {
  expect(allowedInsteadOf(text)).toContain(words);
});

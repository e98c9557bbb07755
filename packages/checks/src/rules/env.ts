import { defineRule } from '@strake/core';
import { podsOf } from './pods.ts';
import { repeated, textAt } from './reading.ts';

const FROM = { package: '@strake/checks' } as const;

/** Every environment variable has a name. */
export const requireEnvName = defineRule({
  ...FROM,
  code: 'require-env-name',
  summary: 'a name for every environment variable',
  why: 'The API server refuses a variable without a name.',
  fix: 'Name the variable, or remove it.',
  severity: 'error',
  check(target, report) {
    for (const { object, containers } of podsOf(target)) {
      for (const { name, env } of containers) {
        if (env.some((each) => textAt(each, 'name') === undefined))
          report({ at: object, written: `a variable of the container \`${name}\` has no name` });
      }
    }
  },
});

/** The environment variables of a container have different names. */
export const uniqueEnvName = defineRule({
  ...FROM,
  code: 'unique-env-name',
  summary: 'one value for every environment variable',
  why: 'The last of them wins, and applying a change to the other one changes nothing.',
  fix: 'Remove one of the two.',
  severity: 'error',
  check(target, report) {
    for (const { object, containers } of podsOf(target)) {
      for (const { name, env } of containers) {
        for (const variable of repeated(env, 'name'))
          report({ at: object, written: `\`${variable}\` stands twice in the container \`${name}\`` });
      }
    }
  },
});

import { execFileSync } from 'node:child_process';
import type { ImageReference } from '@strake/core';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chooseTag } from '../packages/gitops/src/images/choose-tag.ts';
import { parseRange } from '../packages/gitops/src/images/semver-range.ts';
import { versionOfTag } from '../packages/gitops/src/images/semver-version.ts';
import { goImageProgram } from './go-image-program.ts';

interface Question {
  readonly range?: string;
  readonly numerical?: 'asc' | 'desc';
  readonly alphabetical?: 'asc' | 'desc';
  readonly pattern?: string;
  readonly extract?: string;
  readonly tags: readonly string[];
}

interface Answer {
  readonly tag?: string;
  readonly problem?: string;
  readonly allowed: readonly string[];
}

const seed = 20261122;
const timeout = 600_000;
const program = goImageProgram('go-semver');

/** Tags of every shape that registries have, in one list, so that each range meets each shape. */
const TAGS =
  `1 1.4 latest main 0.0.0 0.0.1 0.0.3 0.0.3-rc.1 0.0.4 0.1.0 0.2.0 0.2.3 0.2.4 0.2.10 0.3.0-alpha 0.3.0 1.0.0-0
  1.0.0-alpha 1.0.0-alpha.1 1.0.0-alpha.beta 1.0.0-beta.2 1.0.0-beta.11 1.0.0-rc.1 1.0.0 1.0.1 1.2.0 1.2.3-0 1.2.3-rc1
  1.2.3 1.2.4 1.2.10 1.3.0 1.4.0-rc.1 1.4.0 1.4.2 1.4.10 v1.4.11 1.10.0 2.0.0-rc.1 2.0.0 2.1.0 v2.1.1 3.0.0 3.2.1
  01.2.3 1.02.3 2025.02.03 2025.02.03-rc.01 1.4-rc.1.2 1.x.0 1.2.3.4 1.2.3-a_b 1.2.3_4 sha256-abc.sig 10.0.0-20240101
  18446744073709551615.0.0 18446744073709551616.0.0 1.2.3-18446744073709551616 1.2.3-99999 V1.2.3 1.2.3- 1..3 v.1.2`
    .trim()
    .split(/\s+/);

const ODD_RANGES = [' 1.0.0-0 - 2.0.0 ', '', ' ', '1\t-\t2', '1\u00a0- 2', '>\n1', '  1.4.x  '];
const RANGES =
  `* ; x ; X ; ^* ; ~* ; >* ; <x ; !=x ; <=* ; >=x ; *-0 ; ^*-0 ; 1 ; 1.x ; 1.* ; 1.X.x ; v1.4 ; 1.4.x ;
  =1.4 ; !=1.x ; !=1.4.x ; !=1.4 ; !=1.2.3 ; !=1.2.3-rc1 ; != 1.2.x-rc1 ; >1 ; >1.2 ; >1.2.x ; >1.2.3 ;
  >0.x ; <1 ; <1.2 ; <2.0.0-rc.1 ; <2-0 ; >=1.0.0-0 ; =>1.0.0 ; =<1.4 ; <=1 ; <=1.2 ; <=1.2.3 ; <=0.x ;
  <=1.4-0 ; ~1 ; ~1.4 ; ~1.4.2 ; ~>1.2.3 ; ~0 ; ~0.0 ; ~0.0.0 ; ~0.0.3 ; ~0.2.3 ; ~1.4.0-0 ; ~v1.2 ; ~> 2 ;
  ~1.x.3 ; ^1 ; ^1.2 ; ^1.2.3 ; ^1.2.3-0 ; ^1.x-0 ; ^0 ; ^0.0 ; ^0.0.3 ; ^0.2 ; ^0.2.3 ; ^0.x ; ^v1.4 ;
  ^ 1.2.x ; ^2-0 ; >=1.0.0 <2.0.0 || 3.x ; >=1.0.0, <2.0.0 ; >=1.0.0 , <1.4.0 ; >= 1.2 < 1.4 || ^3 ;
  1.x || 2.x-0 ; >=1 <2 !=1.4.2 ; 1.2 - 1.4 ; 1.2.3 - 2 ; 1 - 2 || 3.0.0 - 4 ; 1.2.3-2.0.0 ;
  0.2.3 - 0.3.0-0 ; 1.x - 2.x ; latest ; > ; >= ; 1.2.3.4 ; 1..2 ; >=1.0.0 &&<2 ; 1.2.3 || ; || 1 ; 1|2 ;
  <>1 ; ==1 ; 1, ; ,1 ; 1,,2 ; >=1.0.0<2.0.0 ; 1.2.3 , , 2 ; v ; ^^1 ; 1.2.3- ; 1.2.3-01 ; 1.2.3+build ;
  >=1.2.3-rc.1+b ; 18446744073709551616 ; 2025.x ; >=2025.01.01-0 ; 01.x ; ~01.02.3 ; X.2.3 ; x.2 ; 1 2 ;
  1||2||3`
    .split(';')
    .map((range) => range.trim())
    .concat(ODD_RANGES);

const FILTERS: readonly Omit<Question, 'tags'>[] = [
  { numerical: 'asc', pattern: '^main-[a-f0-9]+-(?P<ts>[0-9]+)$', extract: '$ts' },
  { numerical: 'desc', pattern: '^main-[a-f0-9]+-(?P<ts>[0-9]+)$', extract: '${ts}' },
  { numerical: 'asc', pattern: '^build-(.*)$', extract: '$1' },
  { numerical: 'asc', pattern: '^n(\\d+)$', extract: '$1' },
  { numerical: 'desc', pattern: '^n(\\d+)$', extract: '${1}' },
  { numerical: 'asc', pattern: '^[0-9.]+$' },
  { alphabetical: 'asc' },
  { alphabetical: 'desc' },
  { alphabetical: 'asc', pattern: '^RELEASE\\.(?P<when>.*)Z$', extract: '$when' },
  { alphabetical: 'desc', pattern: '^(?P<branch>[a-z]+)-', extract: '$branch' },
  { alphabetical: 'asc', pattern: '^(?P<branch>[a-z]+)-', extract: '$branch$$$missing-$9x' },
  { range: '>=1.0.0', pattern: '^prod-(?P<version>.*)$', extract: '$version' },
  { range: '1.x', pattern: '^[^-]*$' },
];
const OTHER_TAGS =
  `main-abc-100 main-abc-99 main-ffe-1000 main-zzz-5000 build-7 build-0010 build-1e1 n1 n10 n9
  RELEASE.2024-01-02T00-00-00Z RELEASE.2024-11-02T00-00-00Z feature-b develop-1 prod-1.2.3 prod-1.10.0
  prod-v1.4.0 staging-9.0.0 1.2.3 1.9.9-rc.1 10 9 1.5 a B Z _ z.z a-b A-B`.split(/\s+/);

describe.skipIf(program === undefined)("Flux's own choice", () => {
  test('of a version in any of these ranges is ours', { timeout }, () => {
    const questions = RANGES.map((range) => ({ range, tags: TAGS }));
    expect(questions.length).toBeGreaterThan(100);
    expect(differences(questions)).toEqual([]);
  });

  test('of a version in random ranges is ours', { timeout }, () => {
    const questions = fc.sample(
      fc.record({ range: ranges(), tags: fc.array(versions(), { maxLength: 12 }) }),
      {
        numRuns: 20_000,
        seed,
      },
    );
    const answers = ask(questions);
    expect(answers.filter(({ tag }) => tag !== undefined).length).toBeGreaterThan(2_000);
    expect(differences(questions)).toEqual([]);
    console.log(`${questions.length} random ranges judged as Masterminds/semver does`);
  });

  test('of a tag by number and by alphabet, filtered and not, is ours', { timeout }, () => {
    const subsets = fc.sample(fc.subarray(OTHER_TAGS), { numRuns: 100, seed });
    const questions = FILTERS.flatMap((filter) =>
      [OTHER_TAGS, ...subsets].map((tags) => ({ ...filter, tags })),
    );
    expect(differences(questions)).toEqual([]);
  });
});

test('refuses a long range of many spaces at once', () => {
  const started = performance.now();
  expect(parseRange(`${'1 , '.repeat(120)}!`)).toBeUndefined();
  expect(parseRange(`${'1  '.repeat(160)}!`)).toBeUndefined();
  expect(performance.now() - started).toBeLessThan(500);
});

/** Where we choose another tag than Flux, let other tags through, or refuse another range. */
function differences(unsorted: readonly Question[]): readonly unknown[] {
  const questions = unsorted.map(({ tags, ...question }) => ({ ...question, tags: asScanned(tags) }));
  const answers = ask(questions);
  return questions.flatMap((question, index) => {
    const expected: Answer = answers[index] ?? { allowed: [] };
    const { range, tags } = question;
    const chosen = chooseTag(referenceOf(question), tags);
    const tag = 'tag' in chosen ? chosen.tag : undefined;
    const allows =
      range === undefined || question.pattern !== undefined
        ? undefined
        : (parseRange(range) ?? (() => false));
    const allowed = tags.filter((each) => {
      const version = versionOfTag(each);
      return version !== undefined && allows?.(version);
    });
    const isSame =
      tag === expected.tag && (allows === undefined || allowed.join() === expected.allowed.join());
    return isSame ? [] : [{ question, expected, chosen, allowed }];
  });
}

/** The order in which the controller hands them to its policies (image-reflector-controller: sortTagsAndGetLatestTags). */
function asScanned(tags: readonly string[]): readonly string[] {
  return tags.toSorted((left, right) => (left > right ? -1 : 1));
}

function referenceOf({ range, numerical, alphabetical, pattern, extract }: Question): ImageReference {
  const policy =
    range !== undefined
      ? { semver: { range } }
      : numerical !== undefined
        ? { numerical: { order: numerical } }
        : { alphabetical: { order: alphabetical ?? 'asc' } };
  return { name: 'web', policy, ...(pattern === undefined ? {} : { filterTags: { pattern, extract } }) };
}

function ranges(): fc.Arbitrary<string> {
  const part = fc.constantFrom('0', '1', '2', '3', '10', 'x', '*', 'X', '00', '1x');
  const version = fc
    .tuple(fc.constantFrom('', '', 'v'), fc.array(part, { minLength: 1, maxLength: 3 }), suffixes())
    .map(([prefix, parts, suffix]) => prefix + parts.join('.') + suffix);
  const operator = fc.constantFrom(
    '',
    '=',
    '!=',
    '>',
    '<',
    '>=',
    '=>',
    '<=',
    '=<',
    '~',
    '~>',
    '^',
    '> ',
    '^ ',
  );
  const one = fc.tuple(operator, version).map(([sign, text]) => sign + text);
  const hyphen = fc.tuple(version, version).map(([from, to]) => `${from} - ${to}`);
  const group = fc
    .array(fc.oneof({ weight: 6, arbitrary: one }, hyphen), { minLength: 1, maxLength: 3 })
    .chain((list) => fc.constantFrom(' ', ', ', ' , ', ',', '  ').map((between) => list.join(between)));
  return fc
    .array(group, { minLength: 1, maxLength: 3 })
    .chain((list) => fc.constantFrom('||', ' || ').map((or) => list.join(or)));
}

function versions(): fc.Arbitrary<string> {
  const part = fc.constantFrom('0', '1', '2', '3', '9', '10', '01');
  return fc
    .tuple(fc.constantFrom('', '', 'v'), fc.array(part, { minLength: 2, maxLength: 4 }), suffixes())
    .map(([prefix, parts, suffix]) => prefix + parts.join('.') + suffix);
}

function suffixes(): fc.Arbitrary<string> {
  return fc.constantFrom(
    '',
    '',
    '',
    '',
    '-0',
    '-rc.1',
    '-rc.2',
    '-rc.10',
    '-alpha',
    '-alpha.beta',
    '-01',
    '-1a',
    '+b1',
    '-rc.1+b',
  );
}

function ask(questions: readonly Question[]): readonly Answer[] {
  const input = questions.map((question) => `${JSON.stringify(question)}\n`).join('');
  const output = execFileSync(program ?? '', { input, encoding: 'utf8', maxBuffer: 1024 ** 3 });
  return output
    .trimEnd()
    .split('\n')
    .map((line): Answer => JSON.parse(line));
}

import { execFileSync } from 'node:child_process';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { chooseTag, EXCLUDED_TAGS } from '../../packages/gitops/src/images/choose-tag.ts';
import { openRegistry } from '../../packages/gitops/src/images/registry.ts';
import { TAG_QUESTIONS } from '../cluster/tag-questions.ts';
import { goImageProgram } from '../go-image-program.ts';
import { dockerRegistryProgram, push, startDockerRegistry } from './docker-registry.ts';

const SETS = 64;
const seed = 20261122;
const registryProgram = dockerRegistryProgram();
const fluxProgram = goImageProgram('go-semver');
const isReady = registryProgram !== undefined && fluxProgram !== undefined;

const isExcluded = (tag: string) => EXCLUDED_TAGS.some((pattern) => new RegExp(pattern).test(tag));

/** What Flux's own libraries choose: a tag, or none. */
function fluxChoices(questions: readonly object[]): (string | undefined)[] {
  const input = questions.map((question) => `${JSON.stringify(question)}\n`).join('');
  const out = execFileSync(fluxProgram ?? '', { input, encoding: 'utf8', maxBuffer: 1024 ** 3 });
  return out
    .trimEnd()
    .split('\n')
    .map((line): string | undefined => JSON.parse(line).tag);
}

test.skipIf(!isReady)(
  `of ${SETS} sets of tags in a real registry the policies choose what Flux chooses`,
  { timeout: 240_000 },
  async () => {
    const registry = await startDockerRegistry(registryProgram ?? '');
    const ours: (string | undefined)[] = [];
    const questions: object[] = [];
    let sets = 0;
    try {
      for (const [group, { tags: known, policies }] of Object.entries(TAG_QUESTIONS)) {
        const count = Math.ceil(SETS / Object.keys(TAG_QUESTIONS).length);
        const subsets = fc.sample(
          fc.subarray([...known], { minLength: 1, maxLength: Math.min(15, known.length) }),
          {
            numRuns: count,
            seed,
          },
        );
        for (const [index, subset] of subsets.entries()) {
          const name = `${registry.host}/${group}/set-${index}`;
          await push(name, subset);
          sets++;
          const tags = await openRegistry().tags(name);
          expect(tags.toSorted()).toEqual(subset.toSorted());
          for (const { policy, filterTags } of policies) {
            if (typeof policy === 'string' || 'digest' in policy) continue;
            const choice = chooseTag({ name, policy, ...(filterTags && { filterTags }) }, tags);
            ours.push('tag' in choice ? choice.tag : undefined);
            questions.push({
              ...('semver' in policy && { range: policy.semver.range }),
              ...('numerical' in policy && { numerical: policy.numerical.order ?? 'asc' }),
              ...('alphabetical' in policy && { alphabetical: policy.alphabetical.order ?? 'asc' }),
              ...filterTags,
              // What the controller does not look at, and the order in which it looks at all else.
              tags: tags.filter((tag) => !isExcluded(tag)).toSorted((left, right) => (left > right ? -1 : 1)),
            });
          }
        }
      }
    } finally {
      registry.close();
    }
    const flux = fluxChoices(questions);
    expect(flux).toHaveLength(ours.length);
    const differing = questions.filter((_, index) => flux[index] !== ours[index]);
    expect(differing).toEqual([]);
    const chosen = ours.filter((tag) => tag !== undefined).length;
    console.log(`${sets} tag sets, ${ours.length} questions, ${chosen} tags chosen, as Flux's libraries do`);
    expect(sets).toBeGreaterThanOrEqual(SETS);
    expect(chosen).toBeGreaterThan(ours.length / 10);
  },
);

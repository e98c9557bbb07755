import * as z from 'zod';
import type { ForgeApi } from './forge-api.ts';
import type { Forge, Proposal, PullRequest } from './forge.ts';
import { readAnswer, sameText } from './forge-answer.ts';

const pull = z.object({
  number: z.number(),
  html_url: z.string(),
  title: z.string(),
  body: z.string().nullish(),
});
const pulls = z.array(pull);

/**
 * GitHub's pull requests. `repository` is `owner/name`.
 * @see https://docs.github.com/en/rest/pulls/pulls
 */
export function github(api: ForgeApi, repository: string): Forge {
  const [owner = '', name = ''] = repository.split('/').map(encodeURIComponent);
  const root = `/repos/${owner}/${name}/pulls`;
  const open = async ({ branch, base }: Proposal) => {
    const query = new URLSearchParams({ state: 'open', head: `${owner}:${branch}`, base });
    const { json } = await api.call({ method: 'GET', path: `${root}?${query.toString()}` });
    return readAnswer(pulls, json)[0];
  };
  const update = async (
    { number, html_url: url, ...is }: z.infer<typeof pull>,
    { title, body }: Proposal,
  ): Promise<PullRequest> => {
    if (is.title === title && sameText(is.body, body)) return { url, outcome: 'unchanged' };
    await api.call({ method: 'PATCH', path: `${root}/${number}`, body: { title, body } });
    return { url, outcome: 'updated' };
  };
  return {
    propose: async (proposal) => {
      const known = await open(proposal);
      if (known !== undefined) return update(known, proposal);
      const { branch: head, base, title, body } = proposal;
      const create = { method: 'POST', path: root, body: { title, body, head, base } } as const;
      const { status, json } = await api.call({ ...create, expected: [422] });
      if (status !== 422) return { url: readAnswer(pull, json).html_url, outcome: 'created' };
      // Somebody else may have opened it in between.
      const other = await open(proposal);
      if (other !== undefined) return update(other, proposal);
      throw api.refusal(create, status, json);
    },
  };
}

import * as z from 'zod';
import type { ForgeApi } from './forge-api.ts';
import type { Forge, Proposal, PullRequest } from './forge.ts';
import { readAnswer, sameText } from './forge-answer.ts';

const mergeRequest = z.object({
  iid: z.number(),
  web_url: z.string(),
  title: z.string(),
  description: z.string().nullish(),
});
const mergeRequests = z.array(mergeRequest);

/**
 * GitLab's merge requests. `project` is the path with all groups.
 * @see https://docs.gitlab.com/api/merge_requests/
 */
export function gitlab(api: ForgeApi, project: string): Forge {
  const root = `/projects/${encodeURIComponent(project)}/merge_requests`;
  const open = async ({ branch, base }: Proposal) => {
    const query = new URLSearchParams({ state: 'opened', source_branch: branch, target_branch: base });
    const { json } = await api.call({ method: 'GET', path: `${root}?${query.toString()}` });
    return readAnswer(mergeRequests, json)[0];
  };
  const update = async (
    { iid, web_url: url, ...is }: z.infer<typeof mergeRequest>,
    { title, body: description }: Proposal,
  ): Promise<PullRequest> => {
    if (is.title === title && sameText(is.description, description)) return { url, outcome: 'unchanged' };
    await api.call({ method: 'PUT', path: `${root}/${iid}`, body: { title, description } });
    return { url, outcome: 'updated' };
  };
  return {
    propose: async (proposal) => {
      const known = await open(proposal);
      if (known !== undefined) return update(known, proposal);
      const { branch: source_branch, base: target_branch, title, body: description } = proposal;
      const body = { source_branch, target_branch, title, description, remove_source_branch: true };
      const create = { method: 'POST', path: root, body } as const;
      const { status, json } = await api.call({ ...create, expected: [409] });
      if (status !== 409) return { url: readAnswer(mergeRequest, json).web_url, outcome: 'created' };
      // Somebody else may have opened it in between.
      const other = await open(proposal);
      if (other !== undefined) return update(other, proposal);
      throw api.refusal(create, status, json);
    },
  };
}

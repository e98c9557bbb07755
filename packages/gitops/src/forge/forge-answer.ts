import { finding, StrakeError } from '@strake/core';
import type * as z from 'zod';

/** An answer of the form that is known; throws a finding for any other. */
export function readAnswer<Answer>(schema: z.ZodType<Answer>, json: unknown): Answer {
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  throw new StrakeError([
    finding({
      code: 'pull-request-failed',
      path: 'pull request',
      written: 'the forge answers in a form that is not known',
      allowed: "answers of GitHub's REST API 2022-11-28 or GitLab's API v4",
      fix: 'Check that `repository.forge` is what the server is.',
    }),
  ]);
}

/** Forges keep texts with line ends of their own. */
export function sameText(left: string | null | undefined, right: string): boolean {
  return (left ?? '').replaceAll('\r\n', '\n').trim() === right.trim();
}

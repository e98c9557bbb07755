import type { Matches } from './match.ts';
import type { Provider } from './provider.ts';

/** What a provider cannot tell apart: Flagger would leave it out, or stop with an error. */
export function matchProblem(matches: Matches, provider: Provider): string | undefined {
  const texts = matches.flatMap(({ headers = {}, queryParams = {} }) =>
    [headers, queryParams].flatMap((each) => Object.values(each)),
  );
  const hasLabels = matches.some(({ sourceLabels }) => sourceLabels !== undefined);
  if (provider === 'istio') return undefined;
  if (hasLabels) return 'no `sourceLabels`, which only Istio knows';
  if (texts.some(({ prefix }) => prefix !== undefined))
    return '`exact` or `regex`, the only ways besides Istio';
  return provider === 'nginx' ? nginxProblem(matches) : undefined;
}

function nginxProblem(matches: Matches): string | undefined {
  const conditions = matches.map(
    ({ headers = {}, cookie }) => Object.keys(headers).length + (cookie === undefined ? 0 : 1),
  );
  const headers = matches.flatMap((match) => Object.keys(match.headers ?? {}));
  const cookies = matches.flatMap(({ cookie }) => cookie ?? []);
  if (matches.some(({ queryParams }) => queryParams !== undefined))
    return 'no `queryParams`, which nginx does not know';
  if (conditions.some((count) => count !== 1) || headers.length > 1 || cookies.length > 1)
    return 'at most one match with one header and one with a cookie, which is all that nginx knows';
  return cookies.every(({ value }) => value === 'always')
    ? undefined
    : 'a cookie whose value is `always`, the only one that nginx knows';
}

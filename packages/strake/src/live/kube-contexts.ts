import type { Environment, Finding } from '@strake/core';
import { kubectl, type KubectlTarget } from './kubectl.ts';
import { contextUnknown, kubectlFailed } from './live-findings.ts';

/** Which context of the kubeconfig each environment has, or why that cannot be told. */
export interface KubeContexts {
  readonly targets: ReadonlyMap<string, KubectlTarget>;
  readonly findings: readonly Finding[];
}

export interface KubeContextOptions {
  /** `<context>`, for all environments, or `<environment>=<context>`. */
  readonly asked: readonly string[];
  readonly kubeconfig: string | undefined;
}

/**
 * The context that is asked for; else the one that has the name of the environment's cluster, or of the environment. The
 * current context is taken only where all environments are in one cluster: of two clusters it cannot be both.
 */
export async function kubeContexts(
  environments: readonly Environment[],
  { asked, kubeconfig }: KubeContextOptions,
): Promise<KubeContexts> {
  const answer = await kubectl({ kubeconfig }, ['config', 'get-contexts', '--output=name']);
  const current = await kubectl({ kubeconfig }, ['config', 'current-context']);
  const first = environments[0]?.name ?? '';
  if (answer.code !== 0) return { targets: new Map(), findings: [kubectlFailed(answer, first, 'kubectl')] };
  const known = answer.out.split('\n').filter((name) => name !== '');
  const named = askedContexts(environments, asked);
  const isOneCluster = new Set(environments.map(({ cluster }) => cluster)).size === 1;
  const currentContext = current.code === 0 && isOneCluster ? current.out.trim() : undefined;
  const targets = new Map<string, KubectlTarget>();
  const findings: Finding[] = [];
  for (const { name, cluster } of environments) {
    const wanted = named.get(name) ?? named.get('');
    const likely = [cluster, name].find((each) => known.includes(each)) ?? currentContext;
    const context = wanted ?? likely;
    if (context !== undefined && known.includes(context)) targets.set(name, { context, kubeconfig });
    else findings.push(contextUnknown(name, writtenText(context, cluster), known));
  }
  return { targets, findings };
}

function writtenText(context: string | undefined, cluster: string): string {
  return context === undefined
    ? `no context of the kubeconfig has the name of the cluster \`${cluster}\``
    : `the kubeconfig has no context \`${context}\``;
}

/** By environment; under the empty name the context for all of them. A context may itself have a `=` in its name. */
function askedContexts(
  environments: readonly Environment[],
  asked: readonly string[],
): ReadonlyMap<string, string> {
  return new Map(
    asked.map((each) => {
      const end = each.indexOf('=');
      const name = each.slice(0, Math.max(end, 0));
      return environments.some((environment) => environment.name === name)
        ? [name, each.slice(end + 1)]
        : ['', each];
    }),
  );
}

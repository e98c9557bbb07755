import { finding, type Finding, type FindingInput } from '@strake/core';
import { withoutSecretsInText } from '../diff/masked-text.ts';
import type { KubectlAnswer } from './kubectl.ts';

const SHOWN_LINES = 3;
const UNREACHABLE =
  /connection refused|was refused|no such host|timeout|timed out|deadline exceeded|unable to connect|x509|tls:|EOF|network is unreachable|no route to host/i;
const DENIED =
  /\(Forbidden\)|forbidden|Unauthorized|must be logged in|provide credentials|getting credentials/i;
const NO_CONTEXT =
  /context .*does not exist|no context exists|current-context (?:is|must)|kubeconfig|no such file/i;

/** Why kubectl could not do what it was asked for. */
export function kubectlFailed({ code, err }: KubectlAnswer, environment: string, context: string): Finding {
  const said = { path: environment, written: `${context}: ${firstLines(err)}` };
  if (code === undefined)
    return inEnvironment(environment, {
      ...said,
      code: 'kubectl-missing',
      written: 'there is no program `kubectl`',
      allowed: 'a kubectl on the PATH, with the configuration that reaches the cluster',
      fix: 'Install kubectl, or leave --live out: `strake diff` compares with the repository.',
    });
  if (DENIED.test(err))
    return inEnvironment(environment, {
      ...said,
      code: 'cluster-denied',
      allowed: 'a user who may read and, for dry runs, patch the objects of the application',
      fix: 'Log in to the cluster, or ask for these permissions; nothing is ever changed with them.',
    });
  if (UNREACHABLE.test(err))
    return inEnvironment(environment, {
      ...said,
      code: 'cluster-unreachable',
      allowed: 'a cluster that answers',
      fix: 'Check the address in the kubeconfig, the network and the VPN with `kubectl version`.',
    });
  if (NO_CONTEXT.test(err)) return contextUnknown(environment, `${context}: ${firstLines(err)}`, []);
  return inEnvironment(environment, {
    ...said,
    code: 'cluster-failed',
    allowed: 'an answer of the API server',
    fix: 'See whether `kubectl get --raw /readyz` succeeds with the same context.',
  });
}

export function contextUnknown(environment: string, written: string, known: readonly string[]): Finding {
  return inEnvironment(environment, {
    code: 'context-unknown',
    path: environment,
    written,
    allowed: known.length === 0 ? 'a context of the kubeconfig' : `one of ${known.join(', ')}`,
    fix: `Name it: --context ${environment}=<context>.`,
  });
}

export function applyRefused(
  environment: string,
  application: string,
  object: string,
  said: string,
): Finding {
  return {
    ...inEnvironment(environment, {
      code: 'apply-refused',
      path: application,
      written: `${object}: ${firstLines(said)}`,
      allowed: 'an object that the API server takes from the agent',
      fix: 'Correct what it names; an immutable field asks for a new name, or for the old object to go first.',
    }),
    object,
  };
}

export function kindMissing(environment: string, kind: string, objects: readonly string[]): Finding {
  return warning(environment, {
    code: 'kind-missing',
    path: objects[0] ?? environment,
    written: `the cluster serves no ${kind}, which ${objects.length === 1 ? 'one object has' : `${objects.length} objects have`}`,
    allowed: 'a kind that the cluster serves',
    fix: 'Install its CustomResourceDefinition first; until then the agent cannot apply these objects.',
  });
}

export function namespaceMissing(environment: string, application: string, namespace: string): Finding {
  return warning(environment, {
    code: 'namespace-missing',
    path: application,
    written: `the cluster has no namespace \`${namespace}\`, and it is not rendered`,
    allowed: 'a namespace that the platform, or somebody else, has made',
    fix: 'Make the namespace, or render it: scope `namespace()` of the project that owns the platform.',
  });
}

export function prunesUnknown(environment: string, application: string, { err }: KubectlAnswer): Finding {
  return warning(environment, {
    code: 'cluster-denied',
    path: application,
    written: `what is no longer rendered could not be read: ${firstLines(err)}`,
    allowed: 'a user who may list the objects of the namespace',
    fix: 'Ask for the permission to list them; what the agent would prune is not told without it.',
  });
}

function warning(environment: string, input: FindingInput): Finding {
  return inEnvironment(environment, { ...input, severity: 'warning' });
}

function inEnvironment(environment: string, input: FindingInput): Finding {
  return { ...finding(input), environments: [environment] };
}

/** kubectl's warnings and hints are not what failed. */
function firstLines(text: string): string {
  const lines = text
    .split('\n')
    .filter((line) => line.trim() !== '' && !/^(?:Warning:|[EIW]\d{4} )/.test(line));
  return withoutSecretsInText(lines.slice(0, SHOWN_LINES).join(' ')).trim() || 'kubectl says nothing';
}

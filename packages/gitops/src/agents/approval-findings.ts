import { finding, isJsonArray, isJsonObject, type Agent, type Finding, type Manifest } from '@strake/core';
import type { JsonValue, RenderedApplication, Severity } from '@strake/core';
import { approvalName } from '@strake/core/tools';

const GATES: ReadonlySet<unknown> = new Set(['confirm-rollout', 'confirm-promotion']);

/** Where nothing holds an environment to the approval that it asks for. */
export function approvalFindings(
  { environment, application, manifests }: RenderedApplication,
  agent: Agent | undefined,
): Finding[] {
  const { name, approval = 'none' } = environment;
  const unenforced = (severity: Severity, path: string, written: string, fix: string): Finding[] => [
    {
      ...finding({ code: 'approval-unenforced', severity, path, written, allowed: ALLOWED, fix }),
      environments: [name],
    },
  ];
  const wanted = approvalName(approval);
  if (wanted === 'none' || wanted === 'pull-request') return [];
  if (wanted === 'canary-gate') {
    const gated = manifests.filter(({ object: { kind } }) => kind === 'Canary');
    const open = gated.filter((manifest) => !hasGate(manifest));
    if (application === 'platform') return [];
    if (gated.length === 0)
      return unenforced('warning', application, 'approval `canary-gate`, and no canary', NO_CANARY);
    return open.flatMap(({ object: { metadata }, writer }) =>
      unenforced(
        'error',
        writer?.path ?? application,
        `approval \`canary-gate\`, and the canary \`${metadata.name}\` has no gate`,
        'Give the trait a webhook of the type `confirm-rollout` or `confirm-promotion`, or the environment another `approval`.',
      ),
    );
  }
  if (agent?.approvals.includes(wanted) === true) return [];
  const by = agent === undefined ? 'no agent is configured' : `\`${agent.name}\` as configured cannot do it`;
  return unenforced('error', `platform/${name}`, `approval \`${wanted}\`, and ${by}`, FIXES[wanted]);
}

const ALLOWED = 'approvals that something holds the environment to';
const NO_CANARY =
  'Attach `canary` with a gate, or accept that this application is delivered without approval.';
const FIXES = {
  'manual-sync': 'Configure `agent`, or choose another `approval`.',
  windows: 'Use `argocd()` with an AppProject of its own for each application, or choose another `approval`.',
};

function hasGate({ object: { spec } }: Manifest): boolean {
  const analysis = field(spec, 'analysis');
  const webhooks = field(analysis, 'webhooks');
  return isJsonArray(webhooks) && webhooks.some((webhook) => GATES.has(field(webhook, 'type')));
}

function field(value: JsonValue | undefined, name: string): JsonValue | undefined {
  return isJsonObject(value) ? value[name] : undefined;
}

import type { ApplicationScopeContext, Component, JsonValue, KubernetesObject } from '@strake/core';
import { codeName, Pods } from '@strake/core';
import { CONTAINER_HARDENINGS, type Hardening, type Relaxation } from './hardening.ts';
import { mapIn, mapsIn, textIn } from './json-parts.ts';
import { writtenPods, type WrittenPods } from './written-pods.ts';

/** Fills in what nobody said about a component's containers, and reports what is looser without a reason. */
export function hardenPods(
  component: Component,
  hardenings: readonly Hardening[],
  context: ApplicationScopeContext,
): void {
  const pods = writtenPods(component, context);
  // What is restricted here is a matter of Linux; Kubernetes refuses it for Windows.
  if (pods === undefined || textIn(mapIn(pods.spec['os'])['name']) === 'windows') return;
  const pod = mapIn(pods.spec['securityContext']);
  for (const { name, list, fields } of pods.containers) {
    const own = mapIn(fields['securityContext']);
    for (const hardening of hardenings) {
      if (hardening === 'automountServiceAccountToken') continue;
      const { fill, relaxations } = CONTAINER_HARDENINGS[hardening]({ own, pod });
      if (fill !== undefined) pods.writer.at([list, name, 'securityContext']).set(fill.field, fill.value);
      for (const each of relaxations) {
        const holder = each.byPod === true ? '' : `.${list}.${name}`;
        check({ component, context }, `${pods.place}${holder}.securityContext.${each.field}`, each, name);
      }
    }
  }
  if (hardenings.includes('automountServiceAccountToken')) withholdToken(component, pods, context);
}

/** A pod whose account is bound to a role needs the token: the role is the reason. */
function withholdToken(component: Component, pods: WrittenPods, context: ApplicationScopeContext): void {
  const field = 'automountServiceAccountToken';
  const given = pods.spec[field];
  if (isBound(textIn(pods.spec['serviceAccountName']) ?? 'default', context)) return;
  if (given === undefined) pods.writer.merge({ [field]: false });
  if (given === true) check({ component, context }, `${pods.place}.${field}`, { field, value: given });
}

function isBound(account: string, { objects, namespace }: ApplicationScopeContext): boolean {
  const isBinding = ({ apiVersion, kind }: KubernetesObject) =>
    apiVersion.startsWith('rbac.authorization.k8s.io/') && kind.endsWith('Binding');
  return objects()
    .filter(isBinding)
    .flatMap(({ subjects }) => mapsIn(subjects))
    .some(
      (subject) =>
        subject['kind'] === 'ServiceAccount' &&
        subject['name'] === account &&
        (textIn(subject['namespace']) ?? namespace) === namespace,
    );
}

function check(
  { component, context }: { readonly component: Component; readonly context: ApplicationScopeContext },
  place: string,
  { field, value }: Relaxation,
  container?: string,
): void {
  const { workload } = Pods.of(component);
  const leaf = context.history(workload).find(({ path }) => path === place || path.startsWith(`${place}.`));
  if (leaf?.decidedBy.some(({ options: { reason } }) => reason !== undefined) === true) return;
  const writers = [
    ...new Set(
      leaf?.decidedBy.map(({ writer }) => `\`${codeName({ kind: writer.layer, name: writer.definition })}\``),
    ),
  ];
  const holder = container === undefined ? 'the pod' : `the container \`${container}\``;
  context.report({
    code: 'hardening-relaxed',
    component,
    path: component.node.path,
    written: `${holder} has \`${field}: ${textOf(value)}\`${writers.length === 0 ? '' : `, written by ${writers.join(' and ')}`}`,
    allowed: 'what `security` asks for, or a looser value that is written with a reason',
    fix: 'Remove the value, or write it with a reason, as `jsonPatch` and `strategicMerge` do.',
  });
}

function textOf(value: JsonValue): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

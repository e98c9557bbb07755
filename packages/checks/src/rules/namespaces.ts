import { defineRule, isClusterScoped } from '@strake/core';
import { missingReferenceRule } from './missing-reference.ts';

const FROM = { package: '@strake/checks' } as const;

/** Namespaces that every cluster has. */
const DEFAULT_NAMESPACES = ['default', 'kube-system', 'kube-public', 'kube-node-lease'];

/** Every namespace that objects are in is made. */
export const noMissingNamespace = missingReferenceRule({
  ...FROM,
  code: 'no-missing-namespace',
  kind: 'Namespace',
  summary: 'namespaces that an application of the cluster makes',
  why: 'The API server refuses objects in a namespace that does not exist.',
  fix: 'Supply `namespace()` in the project that owns the platform.',
  severity: 'warning',
  *references(target) {
    const said = new Set<string>(DEFAULT_NAMESPACES);
    for (const at of target.objects) {
      const { namespace } = at.metadata;
      if (namespace === undefined || said.has(namespace)) continue;
      said.add(namespace);
      yield { at, name: namespace, namespace };
    }
  },
});

/** Every object that belongs to a namespace names it. */
export const requireNamespace = defineRule({
  ...FROM,
  code: 'require-namespace',
  summary: 'a namespace on every object that belongs to one',
  why: 'Where the object ends up depends on who applies it.',
  fix: 'Set `metadata.namespace`.',
  severity: 'error',
  check({ objects }, report) {
    for (const at of objects) {
      if (at.metadata.namespace === undefined && !isClusterScoped(at.apiVersion, at.kind))
        report({ at, written: 'it names no namespace' });
    }
  },
});

/** Namespaces that nothing may be in. */
export interface BanNamespaceProperties {
  readonly namespaces: readonly string[];
}

/** No object is in one of the given namespaces. */
export function banNamespace({ namespaces }: BanNamespaceProperties) {
  return defineRule({
    ...FROM,
    code: 'ban-namespace',
    summary: `namespaces other than ${namespaces.map((each) => `\`${each}\``).join(', ')}`,
    why: 'The platform keeps these namespaces for itself.',
    fix: 'Give the application a namespace of its own in the environment.',
    severity: 'error',
    check(target, report) {
      for (const at of target.objects) {
        const namespace = isClusterScoped(at.apiVersion, at.kind)
          ? undefined
          : (at.metadata.namespace ?? target.namespace);
        if (namespace !== undefined && namespaces.includes(namespace))
          report({ at, written: `it is in namespace \`${namespace}\`` });
      }
    },
  });
}

import { defineRule } from '@strake/core';
import { missingReferenceRule } from './missing-reference.ts';
import { mapsAt, textAt, textsAt } from './reading.ts';

const FROM = { package: '@strake/checks' } as const;

const GROUP = 'rbac.authorization.k8s.io';
const ROLES = [`Role.${GROUP}`, `ClusterRole.${GROUP}`];
const BINDINGS = [`RoleBinding.${GROUP}`, `ClusterRoleBinding.${GROUP}`];

/** Roles that every cluster has (Kubernetes documentation: Using RBAC Authorization, default roles). */
const DEFAULT_ROLE = /^(?:cluster-admin|admin|edit|view|system:.*)$/;

/** Every role that is bound is made. */
export const noMissingRole = missingReferenceRule({
  ...FROM,
  code: 'no-missing-role',
  kind: ROLES[0] ?? '',
  summary: 'roles that an application of the cluster makes',
  why: 'The binding grants nothing.',
  fix: 'Correct the name of the role.',
  severity: 'warning',
  *references(target) {
    for (const at of BINDINGS.flatMap((kind) => target.of(kind))) {
      const name = textAt(at, 'roleRef', 'name');
      const kind = textAt(at, 'roleRef', 'kind') ?? 'Role';
      if (name === undefined || (kind === 'ClusterRole' && DEFAULT_ROLE.test(name))) continue;
      yield { at, name, kind: `${kind}.${GROUP}` };
    }
  },
});

/** Verbs by which a subject gets rights that it was not given. */
const RAISING: ReadonlySet<string> = new Set(['escalate', 'bind', 'impersonate']);

/** No role grants more than it names. */
export const noBroadRole = defineRule({
  ...FROM,
  code: 'no-broad-role',
  summary: 'roles that name their verbs and resources, and none by which a subject raises its own rights',
  why: 'Whoever breaks into the pod has rights that nobody meant to give, also over kinds that come later.',
  fix: 'Name the verbs and resources that the code needs.',
  severity: 'warning',
  check(target, report) {
    for (const at of ROLES.flatMap((kind) => target.of(kind))) {
      for (const granted of mapsAt(at, 'rules')) {
        const verbs = textsAt(granted, 'verbs');
        const raising = verbs.filter((verb) => RAISING.has(verb));
        const broad = [
          ...(verbs.includes('*') ? ['every verb'] : []),
          ...(textsAt(granted, 'resources').includes('*') ? ['every resource'] : []),
          ...raising.map((verb) => `\`${verb}\``),
        ];
        if (broad.length > 0) report({ at, written: `it grants ${broad.join(' and ')}` });
      }
    }
  },
});

/** Groups and users that stand for everybody. */
const EVERYBODY: ReadonlySet<string> = new Set([
  'system:anonymous',
  'system:unauthenticated',
  'system:authenticated',
  'system:serviceaccounts',
]);

/** No binding makes somebody the owner of the cluster, or everybody a subject. */
export const noBroadBinding = defineRule({
  ...FROM,
  code: 'no-broad-binding',
  summary: 'bindings of roles other than `cluster-admin` to subjects of their own',
  why: 'It hands over the cluster, or rights to everybody who reaches its API server.',
  fix: 'Bind a role with the rights that are needed to a service account of its own.',
  severity: 'error',
  check(target, report) {
    for (const at of BINDINGS.flatMap((kind) => target.of(kind))) {
      if (textAt(at, 'roleRef', 'name') === 'cluster-admin')
        report({ at, written: 'it binds `cluster-admin`' });
      for (const subject of mapsAt(at, 'subjects')) {
        const name = textAt(subject, 'name') ?? '';
        const isAccount = textAt(subject, 'kind') === 'ServiceAccount';
        if (!isAccount && EVERYBODY.has(name)) report({ at, written: `it binds \`${name}\`` });
      }
    }
  },
});

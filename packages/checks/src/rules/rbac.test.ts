import type { JsonObject } from '@strake/core';
import { object } from '../../../../test/sample-objects.ts';
import { testRules } from '../../../../test/rule-samples.ts';
import { noMissingGateway, noMissingGatewayClass } from './gateways.ts';
import { noHelmHook } from './helm-hooks.ts';
import { banNamespace, noMissingNamespace, requireNamespace } from './namespaces.ts';
import { noBroadBinding, noBroadRole, noMissingRole } from './rbac.ts';
import { validCronJobSchedule } from './schedules.ts';

const GROUP = 'rbac.authorization.k8s.io';
const role = (rule: JsonObject) => ({ ...object(`${GROUP}/v1/Role`, 'web', {}), rules: [rule] });
const binding = (
  kind: string,
  name: string,
  subject: JsonObject = { kind: 'ServiceAccount', name: 'web' },
) => ({
  ...object(`${GROUP}/v1/RoleBinding`, 'web', {}),
  roleRef: { apiGroup: GROUP, kind, name },
  subjects: [subject],
});
const hooked = (annotation: string) => ({
  ...object('v1/Pod', 'ping', {}),
  metadata: { name: 'ping', annotations: { [annotation]: 'test' } },
});
const cron = (schedule: string) => object('batch/v1/CronJob', 'report', { schedule });
const route = object('gateway.networking.k8s.io/v1/HTTPRoute', 'web', {
  parentRefs: [{ name: 'public', namespace: 'gateways' }],
});
const virtualService = (gateway: string) =>
  object('networking.istio.io/v1/VirtualService', 'web', { gateways: [gateway] });
const gateway = object(
  'gateway.networking.k8s.io/v1/Gateway',
  'public',
  { gatewayClassName: 'istio' },
  {
    namespace: 'gateways',
  },
);
const settings = object('v1/ConfigMap', 'settings', {}, { namespace: 'shop' });

testRules([
  {
    rule: noHelmHook,
    trips: [hooked('helm.sh/hook')],
    written: 'Pod `ping`: it is a Helm hook for `test`',
    passes: [[hooked('helm.sh/hook-weight')]],
  },
  {
    rule: noMissingRole,
    trips: [binding('Role', 'web'), role({})].map((each) => ({
      ...each,
      metadata: { name: `${each.kind}-x` },
    })),
    written: 'RoleBinding `RoleBinding-x`: Role `web` is not in namespace `shop`',
    passes: [[binding('Role', 'web'), role({})], [binding('ClusterRole', 'view')]],
  },
  {
    rule: noBroadRole,
    trips: [role({ verbs: ['*'], resources: ['pods'] }), role({ verbs: ['get', 'bind'], resources: ['*'] })],
    written: ['Role `web`: it grants every verb', 'Role `web`: it grants every resource and `bind`'],
    passes: [[role({ verbs: ['get', 'list'], resources: ['pods', 'pods/log'] })]],
  },
  {
    rule: noBroadBinding,
    trips: [
      binding('ClusterRole', 'cluster-admin'),
      binding('ClusterRole', 'view', { kind: 'Group', name: 'system:unauthenticated' }),
    ],
    written: [
      'RoleBinding `web`: it binds `cluster-admin`',
      'RoleBinding `web`: it binds `system:unauthenticated`',
    ],
    passes: [[binding('ClusterRole', 'admin')], [binding('Role', 'web', { kind: 'Group', name: 'team' })]],
  },
  {
    rule: noMissingGateway,
    trips: [route, virtualService('istio-system/public')],
    written: [
      'HTTPRoute `web`: Gateway `public` is not in namespace `gateways`',
      'VirtualService `web`: Gateway `public` is not in namespace `istio-system`',
    ],
    passes: [[route, gateway], [virtualService('mesh')]],
  },
  {
    rule: noMissingGatewayClass,
    trips: [gateway],
    written: 'Gateway `public`: GatewayClass `istio` is not in the cluster',
    passes: [[gateway, object('gateway.networking.k8s.io/v1/GatewayClass', 'istio', {})]],
  },
  {
    rule: noMissingNamespace,
    trips: [settings, { ...settings, kind: 'Secret' }],
    written: 'ConfigMap `settings`: Namespace `shop` is not in the cluster',
    passes: [
      [settings, object('v1/Namespace', 'shop', {})],
      [object('v1/ConfigMap', 'settings', {}, { namespace: 'default' })],
    ],
  },
  {
    rule: requireNamespace,
    trips: [object('v1/ConfigMap', 'settings', {})],
    written: 'ConfigMap `settings`: it names no namespace',
    passes: [[settings], [object('v1/Namespace', 'shop', {})]],
  },
  {
    rule: banNamespace({ namespaces: ['kube-system'] }),
    trips: [object('v1/ConfigMap', 'settings', {}, { namespace: 'kube-system' })],
    written: 'ConfigMap `settings`: it is in namespace `kube-system`',
    passes: [[settings], [object('v1/Namespace', 'kube-system', {})]],
  },
  {
    rule: validCronJobSchedule,
    trips: [
      cron('0 3 * *'),
      cron('60 * * * *'),
      cron('0 0 * * 7'),
      cron('*/0 * * * *'),
      cron('@reboot'),
      cron('5-3 * * * *'),
      cron('TZ=UTC 0 3 * * *'),
    ],
    written: [
      '0 3 * *',
      '60 * * * *',
      '0 0 * * 7',
      '*/0 * * * *',
      '@reboot',
      '5-3 * * * *',
      'TZ=UTC 0 3 * * *',
    ].map((schedule) => `CronJob \`report\`: its schedule is \`${schedule}\``),
    passes: [
      [
        cron('0 3 * * *'),
        cron('*/15 0-6,22 1 JAN-mar SUN'),
        cron('@daily'),
        cron('@every 1h30m'),
        cron('? * * * *'),
      ],
    ],
  },
]);

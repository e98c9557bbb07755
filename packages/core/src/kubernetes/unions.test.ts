import { expect, test } from 'vitest';
import { UNIONS } from './unions.ts';

test.each([
  ['apps.DeploymentStrategy', 'type', 'RollingUpdate', 'rollingUpdate'],
  ['apps.StatefulSetUpdateStrategy', 'type', 'RollingUpdate', 'rollingUpdate'],
  ['autoscaling.MetricSpec', 'type', 'ContainerResource', 'containerResource'],
  ['autoscaling.MetricTarget', 'type', 'Utilization', 'averageUtilization'],
  ['core.SeccompProfile', 'type', 'Localhost', 'localhostProfile'],
  ['flowcontrol.LimitResponse', 'type', 'Queue', 'queuing'],
])('in %s the %s %s puts %s in force', (type, discriminator, value, member) => {
  const union = UNIONS[type]?.find((each) => each.discriminator === discriminator);
  expect(union?.values?.indexOf(value)).toBe(union?.members.indexOf(member));
  expect(union?.members).toContain(member);
});

test('an address block excludes both selectors, which may stand together', () => {
  expect(UNIONS['networking.NetworkPolicyPeer']?.map(({ members }) => members)).toEqual([
    ['ipBlock', 'namespaceSelector'],
    ['ipBlock', 'podSelector'],
  ]);
});

test('every union has several members, or a discriminator with a value for each', () => {
  for (const { members, discriminator, values } of Object.values(UNIONS).flat()) {
    expect(new Set(members).size).toBe(members.length);
    if (discriminator === undefined) expect(members.length).toBeGreaterThan(1);
    else expect(values).toHaveLength(members.length);
  }
});

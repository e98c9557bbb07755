import { WebService } from '@strake/components';
import { Application, defineOperations, Platform, render, type Trait } from '@strake/core';
import { expect, test } from 'vitest';
import { autoscale } from './autoscale.ts';
import { disruptionBudget, type DisruptionBudgetProperties } from './disruption-budget.ts';
import { replicas } from './replicas.ts';
import { resources } from './resources.ts';

class Shop extends Application {
  readonly web = new WebService(this, 'web', { image: 'ghcr.io/acme/web:1.0.0', ports: { http: 8080 } });
}

function shopWith(properties: DisruptionBudgetProperties) {
  const operations = [defineOperations(Shop, (shop) => void shop.web.attach(disruptionBudget(properties)))];
  const { applications, findings } = render({ project: 'shop', applications: { shop: Shop }, operations });
  const objects = (applications[0]?.manifests ?? []).map(({ object }) => object);
  const deployment = objects.find(({ kind }) => kind === 'Deployment');
  return { findings, objects, deployment, spec: deployment?.['spec'] };
}

const budgetOf = ({ objects }: ReturnType<typeof shopWith>) =>
  objects.find(({ kind }) => kind === 'PodDisruptionBudget');
const WEB = { matchLabels: { 'app.kubernetes.io/name': 'web' } };

test('lets one pod go at a time, also where there is only one', () => {
  const shop = shopWith({});
  expect(shop.findings).toEqual([]);
  expect(budgetOf(shop)).toMatchObject({
    apiVersion: 'policy/v1',
    metadata: { name: 'web' },
    spec: { maxUnavailable: 1, unhealthyPodEvictionPolicy: 'AlwaysAllow', selector: WEB },
  });
});

test.each<[DisruptionBudgetProperties, Trait<'scalable' | 'pods'>[], boolean]>([
  [{ minAvailable: 1 }, [], true],
  [{ minAvailable: 1 }, [replicas({ count: 2 })], false],
  [{ minAvailable: 2 }, [replicas({ count: 2 })], true],
  [{ minAvailable: '50%' }, [replicas({ count: 2 })], false],
  [{ minAvailable: '51%' }, [replicas({ count: 2 })], true],
  [{ minAvailable: 1 }, [replicas({ count: 0 })], false],
  [{ maxUnavailable: 0 }, [replicas({ count: 3 })], true],
  [{ maxUnavailable: '0%' }, [replicas({ count: 3 })], true],
  [{ maxUnavailable: '1%' }, [], false],
  [{ minAvailable: 1 }, [resources({ requests: { cpu: 1 } }), autoscale({ max: 5 })], true],
  [{ minAvailable: 1 }, [resources({ requests: { cpu: 1 } }), autoscale({ min: 2, max: 5 })], false],
])('%o beside %o blocks every drain: %s', (properties, others, isBlocking) => {
  class Guarded extends Application {
    readonly web = new WebService(this, 'web', { image: 'a:1', ports: { http: 8080 } }).attach(
      disruptionBudget(properties),
      ...others,
    );
  }
  const { findings } = render({ project: 'shop', applications: { shop: Guarded } });
  expect(findings.map(({ code, severity }) => ({ code, severity }))).toEqual(
    isBlocking ? [{ code: 'property-invalid', severity: 'error' }] : [],
  );
});

test('leaves out a policy that Kubernetes does not know yet', () => {
  class Old extends Application {
    readonly web = new WebService(this, 'web', { image: 'a:1', ports: { http: 8080 } }).attach(
      disruptionBudget(),
    );
  }
  const platform = new Platform('acme', { environments: { old: { kubernetes: '1.26' } } });
  const { applications } = render({ project: 'shop', platform, applications: { shop: Old } });
  expect(JSON.stringify(applications[0]?.manifests)).not.toContain('unhealthyPodEvictionPolicy');
});

test('rejects both amounts, and what is no amount', () => {
  expect(shopWith({ minAvailable: 1, maxUnavailable: 1 }).findings).toMatchObject([
    { allowed: 'no `minAvailable` beside `maxUnavailable`' },
  ]);
  expect(shopWith({ minAvailable: 'most' }).findings).toMatchObject([{ code: 'property-invalid' }]);
});

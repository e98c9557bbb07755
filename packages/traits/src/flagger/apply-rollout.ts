import type { JsonObject } from '@strake/core';
import { shiftedPort } from './canary-ports.ts';
import { canaryService } from './canary-service.ts';
import { gatewayCallers, keepRoute } from './gateway-routes.ts';
import { metricChecks } from './metric-checks.ts';
import type { Provider } from './provider.ts';
import { rolloutProblems } from './rollout-problems.ts';
import type { RolloutTarget } from './rollout-target.ts';
import type { Rollout } from './rollout-properties.ts';
import { routesOf } from './routes.ts';
import { scalerOf } from './scaling.ts';
import { testerNamespaces, webhookCalls } from './webhook-calls.ts';

/** One of the ways in which Flagger brings out a revision. */
export interface Strategy {
  /** Name of the trait in code. */
  readonly trait: string;
  readonly provider: Provider;
  readonly rollout: Rollout;
  /** What the analysis of a Canary has for this way only. */
  readonly analysis: JsonObject;
}

/** Hands a component's revisions, its Services and the number of its pods over to Flagger. */
export function applyRollout(target: RolloutTarget, strategy: Strategy): void {
  const problems = rolloutProblems(target, strategy);
  for (const problem of problems) target.report(problem);
  if (problems.some(({ severity }) => severity !== 'warning')) return;
  const { edit, create, component, exposed, pods } = target;
  const { provider, rollout } = strategy;
  const { interval, threshold, metrics, webhooks, alerts, primaryReadyThreshold, canaryReadyThreshold } =
    rollout;
  const { progressDeadlineSeconds, metricsServer, skipAnalysis, suspend, revertOnDeletion, ingressRef } =
    rollout;
  const { apiVersion, kind, name } = pods.workload;
  edit(exposed.service).withhold({ to: 'Flagger' });
  admitCallers(target, strategy);
  if (provider === 'kubernetes') keepRoute(target);
  create({
    apiVersion: 'flagger.app/v1beta1',
    kind: 'Canary',
    metadata: { name: component.name },
    spec: {
      provider,
      targetRef: { apiVersion, kind, name },
      autoscalerRef: scalerOf(target, rollout),
      ingressRef: provider === 'nginx' ? { ...INGRESS, name: component.name, ...ingressRef } : undefined,
      progressDeadlineSeconds,
      metricsServer,
      skipAnalysis: target.environment.isEmergency === true ? true : skipAnalysis,
      suspend,
      revertOnDeletion,
      service: canaryService(target, { provider, service: rollout.service }),
      analysis: {
        interval,
        threshold,
        ...strategy.analysis,
        primaryReadyThreshold,
        canaryReadyThreshold,
        metrics: metricChecks(target, metrics),
        webhooks: webhooks.length === 0 ? undefined : webhookCalls(webhooks),
        alerts,
      },
    },
  });
}

const INGRESS = { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress' } as const;

/** Lets in gateways, and the testers that webhooks call: they call the pods of the new revision. */
function admitCallers(target: RolloutTarget, { rollout: { service, webhooks } }: Strategy): void {
  const { gateways = [], portName } = routesOf(target, service);
  const port = shiftedPort(target.exposed.ports, portName)?.containerPort;
  const namespaces = [
    ...gateways.map((gateway) => gateway.slice(0, gateway.indexOf('/'))),
    ...gatewayCallers(target),
    ...(service.gatewayRefs ?? []).map(({ namespace = target.namespace }) => namespace),
    ...testerNamespaces(webhooks),
  ];
  for (const namespace of new Set(namespaces)) target.admit({ namespace, port });
}

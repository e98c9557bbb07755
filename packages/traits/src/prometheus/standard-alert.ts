import * as z from 'zod';
import { duration } from './duration.ts';

/** An alert that most components want, over the metrics of kube-state-metrics and of Prometheus itself. */
export type StandardAlert = (typeof STANDARD_ALERTS)[number];

/** How long something is wrong before a standard alert fires, and how bad that is. */
export interface StandardAlertProperties {
  /**
   * How long it is wrong before the alert fires.
   * @default - '15m', 5m for `absent`
   */
  readonly for?: string;
  /** @default 'warning' */
  readonly severity?: string;
}

const STANDARD_ALERTS = ['absent', 'crashLooping', 'notReady', 'outOfMemory'] as const;

const options = z.union([
  z.literal(true),
  z.strictObject({ for: duration.optional(), severity: z.string().min(1).optional() }),
]);

/** The schema of standard alerts. */
export const standardAlertsSchema = z
  .strictObject({
    absent: options.optional(),
    crashLooping: options.optional(),
    notReady: options.optional(),
    outOfMemory: options.optional(),
  })
  .readonly();

/** The pods that standard alerts watch. */
export interface Watched {
  readonly namespace: string;
  readonly component: string;
  readonly workload: string;
  readonly container: string;
}

interface Standard {
  readonly alert: string;
  readonly expr: (watched: Watched) => string;
  readonly for: string;
  readonly summary: string;
}

const STANDARD: Readonly<Record<StandardAlert, Standard>> = {
  absent: {
    alert: 'Absent',
    expr: ({ namespace, component }) => `absent(up{namespace="${namespace}",job="${component}"} == 1)`,
    for: '5m',
    summary: 'Prometheus reaches no pod',
  },
  crashLooping: {
    alert: 'CrashLooping',
    expr: (watched) =>
      `max_over_time(kube_pod_container_status_waiting_reason{${podsOf(watched)},reason="CrashLoopBackOff"}[5m]) >= 1`,
    for: '15m',
    summary: 'a container starts and ends again and again',
  },
  notReady: {
    alert: 'NotReady',
    expr: (watched) => `min_over_time(kube_pod_container_status_ready{${podsOf(watched)}}[5m]) == 0`,
    for: '15m',
    summary: 'a container is not ready',
  },
  outOfMemory: {
    alert: 'OutOfMemory',
    expr: (watched) =>
      `kube_pod_container_status_last_terminated_reason{${podsOf(watched)},reason="OOMKilled"} == 1`,
    for: '0s',
    summary: 'a container used more memory than its limit',
  },
};

/** Standard alerts as a PrometheusRule lists them, named after the component: `WebCrashLooping`. */
export function standardAlerts(asked: z.output<typeof standardAlertsSchema>, watched: Watched) {
  return STANDARD_ALERTS.flatMap((name) => {
    const given = asked[name];
    if (given === undefined) return [];
    const { alert, expr, summary, ...standard } = STANDARD[name];
    const { for: time = standard.for, severity = 'warning' } = given === true ? {} : given;
    const title = watched.component.replaceAll(/(?:^|[-.])(.)/g, (_, letter: string) => letter.toUpperCase());
    const annotations = { summary: `${watched.namespace}/${watched.component}: ${summary}` };
    return [{ alert: `${title}${alert}`, expr: expr(watched), for: time, labels: { severity }, annotations }];
  });
}

function podsOf({ namespace, workload, container }: Watched): string {
  return `namespace="${namespace}",pod=~"${workload}-.+",container="${container}"`;
}

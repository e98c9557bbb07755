import * as z from 'zod';
import { duration } from './duration.ts';

/** One alert (prometheus.io: alerting rule). */
export interface AlertProperties {
  /** Expression that has a value while something is wrong. */
  readonly expr: string;
  /**
   * How long it is wrong before the alert fires: `5m`.
   * @default - it fires at once
   */
  readonly for?: string;
  /**
   * How long it goes on after nothing is wrong.
   * @default - not at all
   */
  readonly keepFiringFor?: string;
  /**
   * Value of the label `severity`: `critical`, `warning`, `info`, or what the receivers know.
   * @default - none
   */
  readonly severity?: string;
  /**
   * What is wrong, in one sentence, with `{{ $labels.pod }}` for the value of a label (annotation `summary`).
   * @default - none
   */
  readonly summary?: string;
  /**
   * What it means and what to do (annotation `description`).
   * @default - none
   */
  readonly description?: string;
  /**
   * Page that says what to do (annotation `runbook_url`).
   * @default - none
   */
  readonly runbookUrl?: string;
  /**
   * More labels.
   * @default - none
   */
  readonly labels?: Readonly<Record<string, string>>;
  /**
   * More annotations.
   * @default - none
   */
  readonly annotations?: Readonly<Record<string, string>>;
}

const LABEL = /^[a-zA-Z_][a-zA-Z0-9_]*$/;
const texts = z
  .record(z.string().regex(LABEL, 'a name of letters, digits and `_`'), z.string())
  .readonly()
  .optional();

/** The schema of an alert. */
export const alertSchema = z.strictObject({
  expr: z.string().trim().min(1),
  for: duration.optional(),
  keepFiringFor: duration.optional(),
  severity: z.string().min(1).optional(),
  summary: z.string().min(1).optional(),
  description: z.string().min(1).optional(),
  runbookUrl: z.url().optional(),
  labels: texts,
  annotations: texts,
});

/** An alert, as a PrometheusRule lists it. */
export function alertOf(alert: string, properties: z.output<typeof alertSchema>) {
  const { keepFiringFor, severity, summary, description, runbookUrl, labels, annotations, ...rest } =
    properties;
  return {
    alert,
    ...rest,
    keep_firing_for: keepFiringFor,
    labels: present({ severity, ...labels }),
    annotations: present({ summary, description, runbook_url: runbookUrl, ...annotations }),
  };
}

function present(entries: Readonly<Record<string, string | undefined>>) {
  return Object.values(entries).some((value) => value !== undefined) ? entries : undefined;
}

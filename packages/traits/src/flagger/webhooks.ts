/** What Flagger calls while it brings out a revision (flagger.app: CanaryWebhook). */
export type WebhookProperties = GateProperties | TestProperties | EventProperties;

interface WebhookCallProperties {
  /** Where it is called from Flagger: `http://flagger-loadtester.flagger-system/gate/check`. */
  readonly url: string;
  /**
   * Name that events and alerts call it by.
   * @default - its type
   */
  readonly name?: string;
  /**
   * How long the answer may take.
   * @default '10s'
   */
  readonly timeout?: string;
  /**
   * How often it is called again when it cannot be reached.
   * @default 0
   */
  readonly retries?: number;
  /**
   * Whether it raises no alerts.
   * @default false
   */
  readonly muteAlert?: boolean;
  /**
   * Whether any certificate of it is good.
   * @default false
   */
  readonly disableTLS?: boolean;
  /**
   * Entries that it gets besides the name, the namespace and the phase.
   * @default - none
   */
  readonly metadata?: Readonly<Record<string, string>>;
}

/**
 * A decision that somebody else makes. An answer of 200 opens it: the revision starts, gets more traffic or is
 * promoted; a `rollback` that answers so ends it.
 */
export interface GateProperties extends WebhookCallProperties {
  readonly type: 'confirm-rollout' | 'confirm-traffic-increase' | 'confirm-promotion' | 'rollback';
}

/** A test: before traffic comes, at every step, or afterwards. */
export interface TestProperties extends WebhookCallProperties {
  readonly type: 'pre-rollout' | 'rollout' | 'post-rollout';
  /**
   * What Flagger's load tester runs: at every step a load such as `hey -z 1m http://web-canary.shop/`, else a test
   * whose failure counts. Instead of `metadata`.
   * @default - as `metadata` says
   */
  readonly cmd?: string;
}

/** Hears of everything that happens. */
export interface EventProperties extends WebhookCallProperties {
  readonly type: 'event';
}

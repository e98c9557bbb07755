import { setTimeout as sleep } from 'node:timers/promises';
import type { StrakeError } from '@strake/core';
import type { Variables } from '../git/git-environment.ts';
import { withoutSecrets } from '../git/without-secrets.ts';
import { answerRefusal, noAnswer } from './forge-refusal.ts';

const TRIES = 4;
const LONGEST_WAIT = 60_000;
const MOST_BYTES = 8 * 1024 * 1024;

export interface ForgeApiOptions {
  /** URL that all paths are below. */
  readonly root: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly variables: Variables;
  /** Milliseconds that one call may take. */
  readonly timeout: number;
  /** Name of the variable that the token comes from. */
  readonly token: string;
}

export interface ForgeCall {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT';
  readonly path: string;
  readonly body?: Readonly<Record<string, unknown>>;
  /** Statuses besides success that the caller can go on with. */
  readonly expected?: readonly number[];
}

export interface ForgeAnswer {
  readonly status: number;
  readonly json: unknown;
}

/**
 * Calls a forge. A call that the forge asks to repeat later is repeated, if it is not too long to wait; so is a reading
 * one that got no answer. One that changes something is not: nobody knows whether it did.
 */
export class ForgeApi {
  readonly #options: ForgeApiOptions;

  constructor(options: ForgeApiOptions) {
    this.#options = options;
  }

  async call(call: ForgeCall): Promise<ForgeAnswer> {
    for (let attempt = 1; ; attempt++) {
      const isLast = attempt === TRIES;
      const answer = await this.#once(call, isLast);
      if (answer === undefined) {
        await sleep(250 * 2 ** attempt);
        continue;
      }
      const { status, json, wait } = answer;
      if ((status >= 200 && status < 300) || call.expected?.includes(status) === true)
        return { status, json };
      const pause = isLast ? undefined : pauseBefore(call, status, wait, attempt);
      if (pause === undefined) throw this.refusal(call, status, json, wait);
      await sleep(pause);
    }
  }

  /** Undefined when there was no answer and the call may be repeated. */
  async #once({ method, path, body }: ForgeCall, isLast: boolean) {
    const { root, headers, timeout, variables } = this.#options;
    try {
      const response = await fetch(`${root}${path}`, {
        method,
        headers: {
          ...headers,
          'user-agent': 'strake',
          ...(body && { 'content-type': 'application/json' }),
        },
        ...(body && { body: JSON.stringify(body) }),
        redirect: 'manual',
        signal: AbortSignal.timeout(timeout),
      });
      return { status: response.status, json: await jsonOf(response), wait: waitOf(response.headers) };
    } catch (error) {
      if (method === 'GET' && !isLast) return undefined;
      throw noAnswer(root, withoutSecrets(causeOf(error, timeout), variables), error, variables);
    }
  }

  /** An answer that is no success, as a finding. `wait` is in milliseconds. */
  refusal({ method }: ForgeCall, status: number, json: unknown, wait?: number): StrakeError {
    const { root, token, variables } = this.#options;
    const said = withoutSecrets(messageOf(json), variables);
    return answerRefusal({ root, token, status, said, method, seconds: wait && Math.ceil(wait / 1000) });
  }
}

/** Milliseconds before a call is repeated; undefined when it is not. */
function pauseBefore(
  { method }: ForgeCall,
  status: number,
  wait: number | undefined,
  attempt: number,
): number | undefined {
  const isAsked = status === 429 || (status === 403 && wait !== undefined);
  if (!isAsked && !(status >= 500 && method === 'GET')) return undefined;
  const pause = wait ?? 250 * 2 ** attempt;
  return pause <= LONGEST_WAIT ? pause : undefined;
}

/** Milliseconds that `Retry-After` asks to wait, which is a count of seconds or a date. */
function waitOf(headers: Headers): number | undefined {
  const text = headers.get('retry-after');
  if (text === null) return undefined;
  const wait = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - Date.now();
  return Number.isNaN(wait) ? undefined : Math.max(wait, 0);
}

async function jsonOf(response: Response): Promise<unknown> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.length;
    if (length > MOST_BYTES) throw new TypeError(`more than ${MOST_BYTES} bytes`);
    chunks.push(chunk);
  }
  const text = Buffer.concat(chunks).toString('utf8');
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function causeOf(error: unknown, timeout: number): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return `no answer within ${timeout} ms`;
  return error.cause instanceof Error ? error.cause.message || String(error.cause) : error.message;
}

/** What a forge says in an answer that is no success: GitHub and GitLab have `message`, each in forms of its own. */
function messageOf(json: unknown): string {
  if (typeof json === 'string') return json.replaceAll(/<[^>]*>/g, ' ');
  if (typeof json !== 'object' || json === null) return '';
  const { message, error, errors } = json as Record<string, unknown>;
  return [message, error, errors]
    .filter((each) => each !== undefined)
    .map((each) => (typeof each === 'string' ? each : JSON.stringify(each)))
    .join(': ');
}

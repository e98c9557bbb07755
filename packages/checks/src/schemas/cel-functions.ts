import type { Environment } from '@marcbachmann/cel-js';
import { isIP } from 'node:net';
import { matchesPattern } from './pattern-matcher.ts';

/** Adds what Kubernetes adds to CEL, as far as rules of schemas use it. */
export function addKubernetesFunctions(environment: Environment): void {
  environment
    .registerFunction('string.matchesPattern(string): bool', (text: string, pattern: string) => {
      const result = matchesPattern(pattern, text);
      if (result === undefined) throw new Error('not judged');
      return result;
    })
    .registerFunction('isURL(string): bool', (text: string) => urlOf(text) !== undefined)
    .registerFunction('isIP(string): bool', (text: string) => isIP(text) !== 0)
    .registerFunction('isQuantity(string): bool', (text: string) => amountOf(text) !== undefined)
    .registerType('Url', { ctor: Url, fields: { href: 'string' } })
    .registerFunction('url(string): Url', (text: string) => new Url(text))
    .registerFunction('Url.getScheme(): string', ({ href }: Url) => new URL(href).protocol.slice(0, -1))
    .registerFunction('Url.getHost(): string', ({ href }: Url) => new URL(href).host)
    .registerFunction('Url.getHostname(): string', ({ href }: Url) => new URL(href).hostname)
    .registerFunction('Url.getPort(): string', ({ href }: Url) => new URL(href).port)
    .registerFunction('Url.getEscapedPath(): string', ({ href }: Url) => new URL(href).pathname)
    .registerFunction('list.isSorted(): bool', (list: readonly (string | bigint)[]) =>
      list.every((each, index) => index === 0 || (list[index - 1] ?? each) <= each),
    );
}

class Url {
  readonly href: string;

  constructor(text: string) {
    const url = urlOf(text);
    if (url === undefined) throw new Error('not a URL');
    this.href = url.href;
  }
}

function urlOf(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}

function amountOf(text: string): string | undefined {
  return /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[KMGTPE]i|[numkMGTPE]|[eE][+-]?\d+)?$/.test(text)
    ? text
    : undefined;
}

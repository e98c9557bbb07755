import { isJsonObject, type JsonValue } from '@strake/core';
import type { ValueChange } from './value-changes.ts';

const MASKED = '(masked)';
const LONGEST = 80;

const SECRET = /pass(?:word|wd|phrase)?$|secret|token|credential|private[-_]?key|api[-_]?key/i;
/** Fields that are about a secret, and hold none. */
const ABOUT = /(?:Ref|Refs|Name|Names|Secrets|Class|Store|Provider|Policy|Path)$|^secret$/;

const IN_URL = /(\b[a-z][a-z0-9+.-]*:\/\/[^\s:@/]*:)[^\s@/]+@/gi;
const IN_ARGUMENT = /(--?[\w-]*(?:password|passwd|secret|token|credential|api-?key)[\w-]*[= ])\S+/gi;

/** A value as it is shown: short, on one line, and never one that may be a secret. */
export function maskedText(value: JsonValue | undefined, change: ValueChange, kind: string): string {
  if (value === undefined) return 'none';
  const text = JSON.stringify(maskedValue(value, change, kind));
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 3)}...` : text;
}

/** A value without what may be a secret: of a Secret all of them, else what is named like one. */
export function maskedValue(value: JsonValue, { steps, names }: ValueChange, kind: string): JsonValue {
  const isData = kind === 'Secret' && ['data', 'stringData'].includes(steps[0] ?? '');
  if (isData || names.some(isSecretName)) return withoutTexts(value);
  if (kind === 'Secret' && isJsonObject(value)) return withoutData(value);
  return withoutSecrets(value);
}

/** Text of another program without the secrets that can be told by their looks. */
export function withoutSecretsInText(text: string): string {
  return text.replaceAll(IN_URL, `$1${MASKED}@`).replaceAll(IN_ARGUMENT, `$1${MASKED}`);
}

function isSecretName(name: string): boolean {
  return SECRET.test(name) && !ABOUT.test(name);
}

/** A flag such as `automountServiceAccountToken` is no secret: only texts are hidden. */
function withoutTexts(value: JsonValue): JsonValue {
  return JSON.parse(JSON.stringify(value, (_, entry) => (typeof entry === 'string' ? MASKED : entry)));
}

function withoutData(value: JsonValue): JsonValue {
  if (!isJsonObject(value)) return value;
  const hidden = Object.entries(value).map(([key, entry]) => [
    key,
    entry === undefined || !['data', 'stringData'].includes(key) ? entry : withoutTexts(entry),
  ]);
  return Object.fromEntries(hidden);
}

function withoutSecrets(value: JsonValue): JsonValue {
  return JSON.parse(JSON.stringify(value, maskedEntry));
}

function maskedEntry(key: string, value: JsonValue): JsonValue {
  if (typeof value === 'string') return isSecretName(key) ? MASKED : withoutSecretsInText(value);
  if (!isJsonObject(value) || typeof value['name'] !== 'string' || !isSecretName(value['name'])) return value;
  return typeof value['value'] === 'string' ? { ...value, value: MASKED } : value;
}

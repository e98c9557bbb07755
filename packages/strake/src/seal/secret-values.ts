import type { StrakeError } from '@strake/core';
import type { SealableClaim } from './sealable-project.ts';
import type { SecretInput } from './secret-input.ts';
import { listOf, optionError, sealError } from './seal-error.ts';
import { nameOf } from './chosen-claim.ts';

/** Bytes that the values of one Secret may have together (Kubernetes, `MaxSecretSize`). */
const MOST_BYTES = 1_048_576;

/** Which values are asked for. */
export interface WantedValues {
  readonly claim: SealableClaim;
  /** Keys that the command line names; undefined when it names none. */
  readonly named: readonly string[] | undefined;
  /** Keys that nothing usable stands under. */
  readonly open: readonly string[];
  /** Takes every byte as it is piped in, and an empty value too. */
  readonly exact: boolean;
}

/** Values in plain text by key; `isCut` says whose line break at the end was left out. */
export interface SecretValues {
  readonly values: ReadonlyMap<string, Buffer>;
  readonly isCut: boolean;
}

/** Takes values from a person, or from what is piped in: one value for a named key, else JSON. */
export async function secretValues(wanted: WantedValues, input: SecretInput): Promise<SecretValues> {
  const { claim, named, exact } = wanted;
  if (named?.some((key) => !claim.keys.includes(key)) === true) throw unknownKey('--key', claim);
  const taken = await takenValues(wanted, input).finally(() => input.done());
  const empty = [...taken.values].filter(([, value]) => value.length === 0).map(([key]) => key);
  if (empty.length === 0 || exact) return taken;
  throw wrongValue(
    claim,
    `the value of ${listOf(empty)} is empty`,
    'a value, or --exact where it is meant to be empty',
  );
}

async function takenValues(wanted: WantedValues, input: SecretInput): Promise<SecretValues> {
  const { claim, named, open, exact } = wanted;
  switch (input.kind) {
    case 'person':
      return { values: await asked(claim, named ?? open, input), isCut: false };
    case 'none':
      throw wrongValue(
        claim,
        'the terminal would show what is typed',
        'a terminal for both input and error output, or a value that is piped in',
      );
    case 'pipe': {
      const bytes = await input.read(MOST_BYTES);
      if (bytes.length > MOST_BYTES)
        throw wrongValue(claim, 'the input is too long', `at most ${MOST_BYTES} bytes`);
      if (named === undefined) {
        const values = fromJson(claim, bytes);
        bytes.fill(0);
        return { values, isCut: false };
      }
      const [key, another] = named;
      if (key === undefined || another !== undefined) throw severalKeys();
      const value = exact ? bytes : withoutLineBreak(bytes);
      return { values: new Map([[key, value]]), isCut: value.length < bytes.length };
    }
  }
}

/** Twice each: nobody can read a sealed value to see whether it is the right one. */
async function asked(
  claim: SealableClaim,
  keys: readonly string[],
  input: SecretInput,
): Promise<Map<string, Buffer>> {
  const values = new Map<string, Buffer>();
  for (const key of keys) {
    const value = await input.ask(`${key} of ${nameOf(claim)} in ${claim.environment}`);
    const again = value === undefined ? undefined : await input.ask(`${key} once more`);
    if (value === undefined || again === undefined)
      throw wrongValue(claim, `no value was given for \`${key}\``, 'a value for each key that is asked for');
    if (value !== again)
      throw wrongValue(claim, `two values were given for \`${key}\``, 'the same value twice');
    values.set(key, Buffer.from(value));
  }
  return values;
}

/** What is wrong is never quoted, and the parser's own message would. */
function fromJson(claim: SealableClaim, bytes: Buffer): Map<string, Buffer> {
  const values = new Map<string, Buffer>();
  for (const [key, value] of Object.entries(parsedJson(bytes) ?? {})) {
    if (!claim.keys.includes(key)) throw unknownKey('stdin', claim);
    if (typeof value !== 'string') throw noJson(claim);
    values.set(key, Buffer.from(value));
  }
  if (values.size === 0) throw noJson(claim);
  return values;
}

function parsedJson(bytes: Buffer): object | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Of one line of text the line break at its end, which `echo` and editors add; bytes, and several lines, stay whole. */
function withoutLineBreak(bytes: Buffer): Buffer {
  const first = bytes.indexOf('\n');
  if (first < 0 || first !== bytes.length - 1) return bytes;
  const line = bytes.subarray(0, bytes[first - 1] === 0x0d ? first - 1 : first);
  const isText = line.every((byte) => byte === 0x09 || (byte >= 0x20 && byte !== 0x7f));
  return isText && Buffer.from(line.toString('utf8')).equals(line) ? line : bytes;
}

function unknownKey(path: string, claim: SealableClaim): StrakeError {
  return optionError(
    path,
    'a key that the claim does not have',
    listOf(claim.keys),
    `Name one of them, or add the key to \`${claim.path}\`.`,
  );
}

function severalKeys(): StrakeError {
  return optionError(
    '--key',
    'given more than once, for one input',
    'one --key for one value, or none for JSON',
    'Pipe in `{ "<key>": "<value>" }`, without --key.',
  );
}

function noJson(claim: SealableClaim): StrakeError {
  return wrongValue(
    claim,
    'the input is no JSON object of texts',
    `a value for one --key, or JSON with texts for ${listOf(claim.keys)}`,
  );
}

function wrongValue(claim: SealableClaim, written: string, allowed: string): StrakeError {
  const fix = `Run \`strake seal ${nameOf(claim)} --env ${claim.environment}\` again.`;
  return sealError({ code: 'secret-value-invalid', path: nameOf(claim), written, allowed, fix });
}

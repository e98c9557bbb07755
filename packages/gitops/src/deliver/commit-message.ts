import type { Change } from '../changes.ts';
import type { DeliveryDetails } from './delivery-details.ts';
import type { Provenance } from './provenance.ts';

const PROJECT = 'Strake-Project';
const ENVIRONMENT = 'Strake-Environment';
const EMERGENCY = 'Strake-Emergency';
const LONGEST_VALUE = 500;
const MOST_LINES = 100;
const KINDS = ['added', 'changed', 'removed'] as const;

export interface MessageInput {
  readonly project: string;
  readonly environment: string;
  readonly changes: readonly Change[];
  readonly provenance: Provenance;
  /** What changes in which object. */
  readonly details?: DeliveryDetails | undefined;
  /** Whether it goes past approval. */
  readonly isEmergency?: boolean;
}

/** What a commit, and the pull request of it, is called. */
export function titleOf({ project, environment }: Pick<MessageInput, 'project' | 'environment'>): string {
  return oneLine(`Deliver ${project} to ${environment}`);
}

/** The message of a commit: what it does in people's words, and in trailers where it comes from. */
export function commitMessage(input: MessageInput): string {
  const trailers = trailersOf(input).map(([name, value]) => `${name}: ${oneLine(value)}`);
  const lines = detailLines(input, MOST_LINES);
  const paragraphs = [titleOf(input), `${countsOf(input.changes)}.`, lines.join('\n'), trailers.join('\n')];
  return `${paragraphs.filter((each) => each !== '').join('\n\n')}\n`;
}

/** What changes in which object, a line each, and how many lines are left out. */
export function detailLines({ details }: Pick<MessageInput, 'details'>, atMost: number): string[] {
  const lines = (details?.lines ?? []).map(oneLine);
  const more = lines.length - atMost;
  return more > 0 ? [...lines.slice(0, atMost), `and ${more} more`] : lines;
}

/** Whether a commit is one that delivers this project to this environment. */
export function isDeliveryOf(message: string, project: string, environment: string): boolean {
  const lines = (message.trimEnd().split('\n\n').at(-1) ?? '').split('\n');
  return lines.includes(`${PROJECT}: ${project}`) && lines.includes(`${ENVIRONMENT}: ${environment}`);
}

/** What a note of git says of a commit that went past approval. */
export function emergencyNote(
  project: string,
  environment: string,
  { reason = '', repository, commit }: Provenance,
): string {
  const lines = { [EMERGENCY]: reason, [PROJECT]: project, [ENVIRONMENT]: environment };
  const source = { 'Strake-Source': repository, 'Strake-Source-Commit': commit };
  const all = Object.entries({ ...lines, ...source }).filter(([, value]) => value !== undefined);
  return `${all.map(([name, value = '']) => `${name}: ${oneLine(value)}`).join('\n')}\n`;
}

/** How many files an update adds, changes and removes. */
export function countsOf(changes: readonly Change[]): string {
  const counts = KINDS.map((kind) => `${changes.filter(({ change }) => change === kind).length} ${kind}`);
  return `Files: ${counts.join(', ')}`;
}

/** Names and values of the trailers; those that nothing is known of are left out. */
export function trailersOf(input: MessageInput): [string, string][] {
  const { project, environment, provenance, details, isEmergency } = input;
  const { repository, commit, isModified, authors, strake, packages, reason } = provenance;
  const all: [string, string | undefined][] = [
    [PROJECT, project],
    [ENVIRONMENT, environment],
    ['Strake-Source', repository],
    ['Strake-Source-Commit', commit],
    ['Strake-Source-Modified', isModified === true ? 'true' : undefined],
    ...(authors ?? []).map((author): [string, string] => ['Strake-Source-Author', author]),
    ['Strake-Version', strake],
    ...(packages ?? []).map((each): [string, string] => ['Strake-Package', each]),
    ['Strake-Layers', details?.layers.join(', ')],
    [isEmergency === true ? EMERGENCY : 'Strake-Reason', reason],
  ];
  return all.filter((each): each is [string, string] => each[1] !== undefined && each[1].trim() !== '');
}

/** A line's end in a value would let it speak for other trailers. */
function oneLine(text: string): string {
  return text
    .replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029\s]+/gu, ' ')
    .trim()
    .slice(0, LONGEST_VALUE);
}

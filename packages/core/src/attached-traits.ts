import { codeName } from './code-name.ts';
import { componentState, type Attachment, type ComponentState } from './component-state.ts';
import type { Component } from './component.ts';
import type { ComposedApplication } from './compose.ts';
import { finding, type FindingInput } from './finding.ts';
import type { HandedProperties, OtherTraits } from './trait.ts';

/** A trait that is applied, with what it gets of other attached traits. */
export interface AppliedTrait {
  readonly component: Component;
  readonly attachment: Attachment;
  readonly handed: HandedProperties;
}

/** The traits of an application that are to be applied. What OAM forbids is a finding. */
export function attachedTraits({ components, report }: ComposedApplication): AppliedTrait[] {
  return components.flatMap((component) => {
    const state = componentState.get(component);
    if (state === undefined) return [];
    const say = (input: Omit<FindingInput, 'path'>) =>
      report(finding({ ...input, path: component.node.path }));
    for (const { parsed } of state.attachments) {
      if (!parsed.ok) for (const each of parsed.findings(component.node.path)) report(each);
    }
    if (!state.built) return [];
    const fitting = state.attachments.filter((attachment) => fits(attachment, state, say));
    const single = fitting.filter((attachment) => isFirst(attachment, fitting, say));
    for (const attachment of single) checkRequired(attachment, single, say);
    return applied(component, compatible(single, say));
  });
}

type Say = (input: Omit<FindingInput, 'path'>) => void;

function fits({ info, attachedAt }: Attachment, { info: component }: ComponentState, say: Say): boolean {
  const missing = info.needs.filter((need) => !component.offers.includes(need));
  if (missing.length > 0) {
    say({
      code: 'capability-missing',
      origins: [attachedAt],
      written: `the trait ${text(info)} on a ${text(component)}, which offers ${list(component.offers)}`,
      allowed: `a component that offers ${list(info.needs)}`,
      fix: `Detach ${text(info)}, or attach it to a component that offers ${list(missing)}.`,
    });
    return false;
  }
  if (info.appliesTo === undefined || info.appliesTo.includes(component.name)) return true;
  say({
    code: 'trait-misplaced',
    origins: [attachedAt],
    written: `the trait ${text(info)} on a ${text(component)}`,
    allowed: `components of type ${list(info.appliesTo.map((name) => codeName({ kind: 'component', name })))}`,
    fix: `Detach ${text(info)}.`,
  });
  return false;
}

function isFirst(attachment: Attachment, all: readonly Attachment[], say: Say): boolean {
  const first = all.find(({ info }) => info.name === attachment.info.name) ?? attachment;
  if (first === attachment) return true;
  say({
    code: 'trait-duplicate',
    origins: [first.attachedAt, attachment.attachedAt],
    written: `the trait ${text(attachment.info)} is attached twice`,
    allowed: 'one trait of a type on a component',
    fix: 'Keep one of them.',
  });
  return false;
}

/** Of traits that exclude each other only the first one is applied, so that one fault does not echo. */
function compatible(attachments: readonly Attachment[], say: Say): Attachment[] {
  const kept: Attachment[] = [];
  for (const [index, each] of attachments.entries()) {
    const excluding = attachments.filter(
      (other, at) => at < index && (excludes(other, each) || excludes(each, other)),
    );
    for (const earlier of excluding) say(conflictOf(earlier, each));
    if (!excluding.some((earlier) => kept.includes(earlier))) kept.push(each);
  }
  return kept;
}

function excludes({ info }: Attachment, other: Attachment): boolean {
  return info.conflictsWith?.includes(other.info.name) ?? false;
}

function conflictOf(earlier: Attachment, later: Attachment): Omit<FindingInput, 'path'> {
  const pairs = [
    [earlier, later],
    [later, earlier],
  ] as const;
  const said = pairs
    .filter(([one, other]) => excludes(one, other))
    .map(([one, other]) => exclusion(one, other));
  const reasoned = said.filter(({ why }) => why !== undefined);
  return {
    code: 'trait-conflict',
    origins: [earlier.attachedAt, later.attachedAt],
    written: `the traits ${text(earlier.info)} and ${text(later.info)} on one component`,
    allowed: (reasoned.length > 0 ? reasoned : said.slice(0, 1)).map((each) => each.text).join('; '),
    fix: 'Detach one of them.',
  };
}

function exclusion({ info }: Attachment, { info: other }: Attachment) {
  const why = info.conflictReasons?.[other.name];
  return { why, text: `${text(info)} excludes ${text(other)}${why === undefined ? '' : `: ${why}`}` };
}

function checkRequired({ info, attachedAt }: Attachment, all: readonly Attachment[], say: Say): void {
  const missing = (info.requires ?? []).filter((name) => all.every((other) => other.info.name !== name));
  if (missing.length === 0) return;
  say({
    code: 'trait-requires',
    origins: [attachedAt],
    written: `the trait ${text(info)} without ${traits(missing)}`,
    allowed: `${text(info)} together with ${traits(info.requires ?? [])}`,
    fix: `Attach ${traits(missing)} as well.`,
  });
}

function applied(component: Component, attachments: readonly Attachment[]): AppliedTrait[] {
  const propertiesOf = (others: OtherTraits) => {
    const found: Record<string, unknown> = {};
    for (const as in others) {
      const parsed = attachments.find(({ info }) => info.name === others[as]?.definition.name)?.parsed;
      if (parsed?.ok === true) found[as] = parsed.value;
    }
    return found;
  };
  return attachments
    .filter((attachment) => !isAbsorbed(attachment, attachments))
    .map((attachment) => ({
      component,
      attachment,
      handed: { absorbed: propertiesOf(attachment.absorbs), known: propertiesOf(attachment.knows) },
    }));
}

/** A trait that is absorbed itself absorbs nothing: what it would have taken is applied. */
function isAbsorbed(
  { info }: Attachment,
  attachments: readonly Attachment[],
  below: readonly string[] = [],
): boolean {
  return attachments.some(
    (other) =>
      !below.includes(other.info.name) &&
      Object.values(other.absorbs).some(({ definition }) => definition.name === info.name) &&
      !isAbsorbed(other, attachments, [...below, info.name]),
  );
}

function text(info: { readonly kind: 'trait' | 'component'; readonly name: string }): string {
  return `\`${codeName(info)}\``;
}

function traits(names: readonly string[]): string {
  return list(names.map((name) => codeName({ kind: 'trait', name })));
}

function list(names: readonly string[]): string {
  return names.length === 0 ? 'nothing' : names.map((name) => `\`${name}\``).join(', ');
}

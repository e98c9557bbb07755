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
    const single = fitting.filter((attachment, index) => isFirst(attachment, fitting.slice(0, index), say));
    for (const attachment of single) checkNeighbours(attachment, single, say);
    return applied(component, single);
  });
}

type Say = (input: Omit<FindingInput, 'path'>) => void;

function fits({ info, attachedAt }: Attachment, { info: component }: ComponentState, say: Say): boolean {
  const missing = info.needs.filter((need) => !component.offers.includes(need));
  if (missing.length > 0) {
    say({
      code: 'capability-missing',
      origins: [attachedAt],
      written: `the trait \`${info.name}\` on a \`${component.name}\`, which offers ${list(component.offers)}`,
      allowed: `a component that offers ${list(info.needs)}`,
      fix: `Detach \`${info.name}\`, or attach it to a component that offers ${list(missing)}.`,
    });
    return false;
  }
  if (info.appliesTo === undefined || info.appliesTo.includes(component.name)) return true;
  say({
    code: 'trait-misplaced',
    origins: [attachedAt],
    written: `the trait \`${info.name}\` on a \`${component.name}\``,
    allowed: `components of type ${list(info.appliesTo)}`,
    fix: `Detach \`${info.name}\`.`,
  });
  return false;
}

function isFirst(attachment: Attachment, earlier: readonly Attachment[], say: Say): boolean {
  const { name } = attachment.info;
  const first = earlier.find(({ info }) => info.name === name);
  if (first === undefined) return true;
  say({
    code: 'trait-duplicate',
    origins: [first.attachedAt, attachment.attachedAt],
    written: `the trait \`${name}\` is attached twice`,
    allowed: 'one trait of a type on a component',
    fix: 'Keep one of them.',
  });
  return false;
}

function checkNeighbours({ info, attachedAt }: Attachment, all: readonly Attachment[], say: Say): void {
  for (const other of all) {
    if (!(info.conflictsWith ?? []).includes(other.info.name)) continue;
    const mutual = (other.info.conflictsWith ?? []).includes(info.name);
    if (mutual && other.info.name < info.name) continue;
    say({
      code: 'trait-conflict',
      origins: [attachedAt, other.attachedAt],
      written: `the traits \`${info.name}\` and \`${other.info.name}\` on one component`,
      allowed: `\`${info.name}\` excludes ${list(info.conflictsWith ?? [])}`,
      fix: 'Detach one of them.',
    });
  }
  const missing = (info.requires ?? []).filter((name) => all.every((other) => other.info.name !== name));
  if (missing.length === 0) return;
  say({
    code: 'trait-requires',
    origins: [attachedAt],
    written: `the trait \`${info.name}\` without ${list(missing)}`,
    allowed: `\`${info.name}\` together with ${list(info.requires ?? [])}`,
    fix: `Attach ${list(missing)} as well.`,
  });
}

function applied(component: Component, attachments: readonly Attachment[]): AppliedTrait[] {
  const propertiesOf = (others: OtherTraits) =>
    Object.fromEntries(
      Object.entries(others).flatMap(([as, { definition }]) => {
        const parsed = attachments.find(({ info }) => info.name === definition.name)?.parsed;
        return parsed?.ok === true ? [[as, parsed.value]] : [];
      }),
    );
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

function list(names: readonly string[]): string {
  return names.length === 0 ? 'nothing' : names.map((name) => `\`${name}\``).join(', ');
}

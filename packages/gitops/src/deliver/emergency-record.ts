import { finding, type Finding } from '@strake/core';
import { isInside } from '../changes.ts';
import { applicationFolder, emergencyFolder } from '../layout.ts';
import type { Plan } from '../plan.ts';
import { openRepository } from '../repository.ts';
import type { Provenance } from './provenance.ts';

/** What was delivered past approval, and no delivery has brought back in order since. */
export interface EmergencyRecord {
  readonly environment: string;
  /** Sorted. */
  readonly applications: readonly string[];
  readonly reason: string;
  /** Commit of the code. */
  readonly source?: string;
}

export interface RecordInput {
  readonly plan: Plan;
  readonly environment: string;
  readonly isEmergency: boolean;
  /** Applications of which something changes. */
  readonly changed: readonly string[];
  readonly provenance: Provenance;
  /** The record's file as it is. */
  readonly text: string | undefined;
}

const LARGEST = 65_536;

/**
 * The file that remembers an environment's emergency, once a plan is delivered; undefined where there is none. A
 * delivery that is none closes it for the applications that it speaks for.
 */
export function emergencyText(input: RecordInput): string | undefined {
  const { plan, environment, isEmergency, changed, provenance, text } = input;
  const before = recordOf(text, environment);
  if (isEmergency && changed.length === 0) return text;
  const isSpokenFor = (application: string) =>
    isInside(`${applicationFolder(environment, application)}/`, plan.folders);
  const left = (before?.applications ?? []).filter((each) => isEmergency || !isSpokenFor(each));
  const applications = [...new Set([...left, ...(isEmergency ? changed : [])])].toSorted();
  if (applications.length === 0) return undefined;
  const reason = isEmergency ? (provenance.reason ?? '') : (before?.reason ?? '');
  const source = isEmergency ? provenance.commit : before?.source;
  return `${JSON.stringify({ applications, reason, source }, null, 2)}\n`;
}

/** What a repository's folder remembers of a project's emergencies. */
export function openEmergencies(directory: string, project: string): readonly EmergencyRecord[] {
  const reader = openRepository(directory);
  const folder = emergencyFolder(project);
  return [...reader.entries(folder)]
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .flatMap(([name, kind]) => {
      if (kind !== 'file' || !name.endsWith('.json')) return [];
      const text = reader.read(`${folder}/${name}`, LARGEST)?.toString('utf8');
      return recordOf(text, name.slice(0, -'.json'.length)) ?? [];
    });
}

/** What is to be said of an emergency until it is over. */
export function emergencyOpen({ environment, applications, reason, source }: EmergencyRecord): Finding[] {
  const from = source === undefined ? '' : `, from the commit ${source.slice(0, 12)}`;
  return applications.map((application) => ({
    ...finding({
      code: 'emergency-open',
      severity: 'warning',
      path: application,
      written: `an emergency delivery to ${environment}${from}: ${reason}`,
      allowed: 'an emergency that a normal delivery has followed',
      fix: 'Bring the code in order and deliver it as usual: that restores analysis and image automation.',
    }),
    environments: [environment],
  }));
}

/** A file in a repository may hold anything. */
function recordOf(text: string | undefined, environment: string): EmergencyRecord | undefined {
  if (text === undefined) return undefined;
  try {
    const { applications, reason, source } = JSON.parse(text);
    const names = Array.isArray(applications) ? applications.filter((each) => typeof each === 'string') : [];
    return {
      environment,
      applications: names.map(plain),
      reason: plain(String(reason ?? '')),
      ...(typeof source === 'string' && { source: plain(source) }),
    };
  } catch {
    return { environment, applications: [], reason: '' };
  }
}

function plain(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}]+/gu, ' ').slice(0, 500);
}

import { isJsonArray, isJsonObject, type JsonValue, type TraitContext } from '@strake/core';
import { namesIn } from './mounts.ts';
import type { Volume } from './volume.ts';

type Problem = Parameters<TraitContext['report']>[0];

/** What a pod has without `storage`, and how many pods there may be. */
interface Present {
  readonly volumes: JsonValue | undefined;
  readonly mounts: JsonValue | undefined;
  readonly most: number;
}

interface Given {
  readonly volumes: Readonly<Record<string, Volume>>;
  readonly allowHostPath?: string;
}

/** What is likely to be a mistake in the volumes of `storage`. */
export function volumeProblems({ volumes, allowHostPath }: Given, present: Present): Problem[] {
  const names = namesIn(present.volumes);
  const paths = pathsIn(present.mounts);
  return Object.entries(volumes).flatMap(([name, volume]) => [
    ...(names.includes(name) ? [taken(`the volume \`${name}\``, `\`volumes.${name}\``)] : []),
    ...(volume.mountPath !== undefined && paths.includes(volume.mountPath)
      ? [taken(`a mount at \`${volume.mountPath}\``, '`mountPath`')]
      : []),
    ...(volume.hostPath === undefined ? [] : [hostPathProblem(name, volume.hostPath.path, allowHostPath)]),
    ...(present.most > 1 && isForOneNode(volume) ? [oneNode(name, present.most)] : []),
  ]);
}

function pathsIn(mounts: JsonValue | undefined): JsonValue[] {
  if (!isJsonArray(mounts)) return [];
  return mounts.flatMap((mount) => (isJsonObject(mount) ? (mount['mountPath'] ?? []) : []));
}

function taken(what: string, property: string): Problem {
  return {
    code: 'property-invalid',
    written: `\`storage\` makes ${what}, which the component has already`,
    allowed: 'names and paths that the component does not use',
    fix: `Change ${property}.`,
  };
}

function hostPathProblem(name: string, path: string, reason: string | undefined): Problem {
  if (reason === undefined) {
    return {
      code: 'property-invalid',
      written: `the volume \`${name}\` is \`${path}\` of the node`,
      allowed: 'files of the node only where a reason is given: who gets at the node gets at all its pods',
      fix: 'Choose another source, or give the reason in `allowHostPath`.',
    };
  }
  return {
    code: 'property-invalid',
    severity: 'warning',
    written: `the volume \`${name}\` is \`${path}\` of the node, because: ${reason}`,
    allowed: 'another source, where there is one',
    fix: 'Remove `hostPath` when the reason is gone.',
  };
}

function isForOneNode({ persistentVolumeClaim: claim }: Volume): boolean {
  if (claim === undefined || 'claimName' in claim) return false;
  const { accessModes = ['ReadWriteOnce'] } = claim;
  return accessModes.every((mode) => mode.startsWith('ReadWriteOnce'));
}

function oneNode(name: string, most: number): Problem {
  return {
    code: 'property-invalid',
    severity: 'warning',
    written: `up to ${most} pods share the volume \`${name}\`, which one node may mount`,
    allowed: 'the access mode `ReadWriteMany`, or one pod: others wait for ever on other nodes',
    fix: `Correct \`accessModes\` of \`${name}\`, or use \`ephemeral\` for storage of each pod's own.`,
  };
}

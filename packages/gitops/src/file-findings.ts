import { finding, type Finding, type FindingInput } from '@strake/core';
import type { FilePlace } from './plan.ts';
import type { Standing } from './standing.ts';

export function fileEdited({ path, environment }: FilePlace, isForced: boolean): Finding {
  return inEnvironment(environment, {
    code: 'file-edited',
    severity: isForced ? 'warning' : 'error',
    path,
    written: isForced
      ? 'changes that are not from code; they are overwritten'
      : 'changes that are not from code',
    allowed: 'the bytes that Strake wrote; only scalars with an image marker may differ',
    fix: 'Move the change into code and restore the file, or overwrite it with `--force`.',
  });
}

export function fileForeign({ path, environment }: FilePlace, { at }: Standing): Finding {
  return inEnvironment(environment, {
    code: 'file-foreign',
    path: at,
    written:
      at === path
        ? 'a file that this project did not write'
        : `a file that differs in case only from \`${path}\``,
    allowed: 'no file, or one with exactly the bytes that Strake writes',
    fix: 'Move the file away, or rename the object.',
  });
}

export function folderForeign(folder: string, environment: string, owner: string): Finding {
  return inEnvironment(environment, {
    code: 'file-foreign',
    path: folder,
    written: `a folder with files of another project, as \`${owner}\` says`,
    allowed: 'one project for an application in an environment',
    fix: `Rename the application, or delete \`${owner}\` if that project is gone.`,
  });
}

export function pathUnsafe({ at, kind }: Standing): Finding {
  const kinds = {
    nothing: 'nothing',
    file: 'a file',
    folder: 'a folder',
    link: 'a symbolic link',
    other: 'no regular file',
  };
  return finding({
    code: 'path-unsafe',
    path: at,
    written: kinds[kind],
    allowed: 'regular files in regular folders, spelt as Strake spells them; links are never followed',
    fix: 'Move it away.',
  });
}

/** A controller cannot take over an object that is deleted while nothing stands in its place. */
export function objectPruned({ path, environment }: FilePlace, isForced: boolean): Finding {
  return inEnvironment(environment, {
    code: 'object-pruned',
    severity: isForced ? 'warning' : 'error',
    path,
    written:
      'an object that a controller makes from now on, and that the agent deletes when its file is gone',
    allowed: 'an object that tells the agent to keep it, since the delivery before this one',
    fix: 'Deliver it once with the annotation that keeps it, as docs/canaries.md shows, or remove it with `--force`.',
  });
}

export function inventoryInvalid(path: string, written: string): Finding {
  return finding({
    code: 'inventory-invalid',
    path,
    written,
    allowed: 'files of the project alone, as Strake itself lists them',
    fix: 'Restore it from git, or delete it: files with the bytes of the plan are then adopted.',
  });
}

export function pathDuplicate({ path, environment, application }: FilePlace): Finding {
  return inEnvironment(environment, {
    code: 'object-duplicate',
    path: application,
    written: `two files at \`${path}\``,
    allowed: 'one object of a kind and name in a namespace, and one application of a name',
    fix: 'Rename one of the two.',
  });
}

function inEnvironment(environment: string, input: FindingInput): Finding {
  return { ...finding(input), environments: environment === '' ? [] : [environment] };
}

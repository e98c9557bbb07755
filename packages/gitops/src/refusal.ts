import { finding, StrakeError } from '@strake/core';

const REASONS: Readonly<Record<string, { readonly because: string; readonly fix: string }>> = {
  EACCES: { because: 'permission denied', fix: 'Run Strake as a user who may read and write there.' },
  EPERM: { because: 'operation not permitted', fix: 'Run Strake as a user who may read and write there.' },
  EROFS: {
    because: 'the file system is read-only',
    fix: 'Write to a folder on a file system that can be written.',
  },
  ENOSPC: { because: 'no space left on the device', fix: 'Make room on the disk and run it again.' },
  EDQUOT: { because: 'the disk quota is used up', fix: 'Make room on the disk and run it again.' },
  ENOTDIR: {
    because: 'a file stands where a folder is needed',
    fix: 'Name a folder, or move that file away.',
  },
};

/** What the system says when it does not do as it is told, as findings. Undefined for errors that are not the system's. */
export function refusal(error: unknown, path: string): StrakeError | undefined {
  const code = errorCode(error);
  if (code === undefined) return undefined;
  const { because, fix } = REASONS[code] ?? {
    because: 'the system refuses it',
    fix: 'Remove the cause and run it again.',
  };
  return new StrakeError(
    [
      finding({
        code: 'repository-inaccessible',
        path: path === '' ? '.' : path,
        written: `${because} (${code})`,
        allowed: 'a folder in which Strake may read and write',
        fix,
      }),
    ],
    { cause: error },
  );
}

/** The system's name of an error, such as `EACCES`. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && 'syscall' in error && typeof error.code === 'string'
    ? error.code
    : undefined;
}

import { randomUUID } from 'node:crypto';
import { existsSync, lstatSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { StrakeError } from '@strake/core';
import { sealError } from './seal-error.ts';

/** Bytes that a data file may have; longer ones are not read. */
export const MOST_FILE_BYTES = 262_144;

/** The text of a data file of the project; undefined where there is none. */
export function sealedFileBefore(directory: string, file: string): string | undefined {
  const path = join(directory, file);
  if (!existsSync(path)) return undefined;
  const stat = lstatSync(path);
  if (!stat.isFile()) throw refused(file, 'the file is no regular file');
  if (stat.size > MOST_FILE_BYTES) throw refused(file, `the file is ${stat.size} bytes long`);
  return readFileSync(path, 'utf8');
}

/** Writes a data file as a whole, or leaves it as it was. */
export function writeSealedFile(directory: string, file: string, text: string): void {
  const bytes = Buffer.byteLength(text);
  if (bytes > MOST_FILE_BYTES) throw refused(file, `with these values it would be ${bytes} bytes long`);
  const path = join(directory, file);
  mkdirSync(dirname(path), { recursive: true });
  const part = join(dirname(path), `.${randomUUID()}.part`);
  try {
    writeFileSync(part, text, { flag: 'wx' });
    renameSync(part, path);
  } catch (error) {
    rmSync(part, { force: true });
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw refused(file, `the file cannot be written (${code})`);
  }
}

function refused(path: string, written: string): StrakeError {
  return sealError({
    code: 'input-invalid',
    path,
    written,
    allowed: `a regular file of at most ${MOST_FILE_BYTES} bytes`,
    fix: 'Correct or remove the file; values that long belong into another store.',
  });
}

import process from 'node:process';
import { createColors } from 'picocolors';

/** Where a command prints to, and in what form. */
export interface Io {
  /** What was asked for: machines may read it. */
  out(text: string): void;
  /** What people are told meanwhile. */
  err(text: string): void;
  readonly colors: ReturnType<typeof createColors>;
  /** Folder that paths are shown relative to. */
  readonly directory: string;
}

/** The terminal. Colours are used only where both streams are one, and never with NO_COLOR. */
export function terminal(): Io {
  const isTerminal = [process.stdout, process.stderr].every(({ isTTY }) => isTTY);
  const hasColors = isTerminal && process.env['NO_COLOR'] === undefined;
  return {
    out: (text) => process.stdout.write(text),
    err: (text) => process.stderr.write(text),
    colors: createColors(hasColors),
    directory: process.cwd(),
  };
}

import type { Command } from 'commander';
import type { ExitCode } from './exit-codes.ts';

/** Is told with what code a command has ended. */
export type End = (code: ExitCode) => void;

/** The options of every command that renders a project. */
export function project(command: Command): Command {
  return command
    .option('--config <file>', 'the configuration', 'strake.config.ts')
    .option('--env <name>', 'an environment; may be repeated (default: all)', collect)
    .option('--app <name>', 'an application; may be repeated (default: all)', collect)
    .option('--json', 'print what machines can read');
}

/** Gathers an option that may be repeated. */
export function collect(value: string, values: readonly string[] = []): readonly string[] {
  return [...values, value];
}

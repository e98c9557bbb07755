import { Command, CommanderError, Option } from 'commander';
import { EXIT, type ExitCode } from './exit-codes.ts';
import type { Io } from './io.ts';

const EXIT_CODES = `
Exit codes:
  0   done, nothing is wrong
  1   the repository differs from the render (--verify)
  2   there are errors, or the command line is wrong; nothing was written
  70  a defect of Strake itself`;

/** Runs one command line and says with what exit code the process ends. */
export async function run(words: readonly string[], version: string, io: Io): Promise<ExitCode> {
  let code: ExitCode = EXIT.done;
  const program = commandLine(version, io, (result) => {
    code = result;
  });
  try {
    await program.parseAsync(words, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.failed;
    throw error;
  }
}

function commandLine(version: string, io: Io, end: (code: ExitCode) => void): Command {
  const program = new Command('strake')
    .description('Renders applications declared in TypeScript to plain YAML in a GitOps repository.')
    .version(version)
    .configureOutput({ writeOut: io.out, writeErr: io.err })
    .showSuggestionAfterError()
    .exitOverride()
    .addHelpText('after', EXIT_CODES);
  project(program.command('synth'))
    .description('write the project into its GitOps repository')
    .option('--out <folder>', 'the repository, instead of the configured one')
    .option('--stdout', 'print the YAML instead of writing it')
    .option('--dry-run', 'say what would be written')
    .option('--verify', 'like --dry-run, and exit with 1 when the repository differs; the line for CI')
    .option('--force', 'replace files that were edited by hand')
    .addHelpText('after', '\nExample:\n  strake synth --env production --dry-run')
    .action(async (options) => end(await (await import('./commands/synth.ts')).synth(options, io)));
  project(program.command('check'))
    .description('render the project and print all that is wrong with it; writes nothing')
    .addHelpText('after', '\nExample:\n  strake check --json')
    .action(async (options) => end(await (await import('./commands/check.ts')).check(options, io)));
  return program;
}

/** The options of every command that renders a project. */
function project(command: Command): Command {
  const collect = (value: string, values: readonly string[] = []) => [...values, value];
  return command
    .addOption(new Option('--config <file>', 'the configuration').default('strake.config.ts'))
    .addOption(
      new Option('--env <name>', 'an environment; may be repeated (default: all)').argParser(collect),
    )
    .addOption(
      new Option('--app <name>', 'an application; may be repeated (default: all)').argParser(collect),
    )
    .option('--json', 'print what machines can read');
}

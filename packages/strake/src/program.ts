import { Command, CommanderError, Option } from 'commander';
import { collect, project, type End } from './command-options.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { imageCommands } from './image-commands.ts';
import type { Io } from './io.ts';
import { deliverCommand, logCommand } from './repository-commands.ts';

const EXAMPLE_AND_EXIT_CODES = `
Example:
  strake synth --dry-run

Exit codes:
  0   done, nothing is wrong
  1   the repository or a cluster differs from the render (--verify, diff)
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

function commandLine(version: string, io: Io, end: End): Command {
  const program = new Command('strake')
    .description('Renders applications declared in TypeScript to plain YAML in a GitOps repository.')
    .version(version)
    .configureOutput({ writeOut: io.out, writeErr: io.err })
    .showSuggestionAfterError()
    .exitOverride()
    .addHelpText('after', EXAMPLE_AND_EXIT_CODES);
  project(program.command('synth'))
    .description('write the project into its GitOps repository')
    .option('--out <folder>', 'the repository, instead of the configured one')
    .option('--history <file>', 'write down who wrote every value, for `deliver --from`')
    .option('--stdout', 'print the YAML instead of writing it')
    .option('--dry-run', 'say what would be written')
    .option('--verify', 'like --dry-run, and exit with 1 when the repository differs; the line for CI')
    .option('--force', 'replace files edited by hand, and remove what a controller takes over')
    .option('--no-check', 'do not check the objects against schemas and rules')
    .addHelpText('after', '\nExample:\n  strake synth --env production --dry-run')
    .action(async (options) => end(await (await import('./commands/synth.ts')).synth(options, io)));
  deliverCommand(program, io, end);
  project(program.command('check'))
    .description('render the project and print all that is wrong with it; writes nothing')
    .addHelpText('after', '\nExample:\n  strake check --json')
    .action(async (options) => end(await (await import('./commands/check.ts')).check(options, io)));
  lookingCommands(program, io, end);
  agentCommand(program, io, end);
  diffCommand(program, io, end);
  logCommand(program, io, end);
  imageCommands(program, io, end);
  sealCommand(program, io, end);
  return program;
}

/** The commands that say what there is and how it came to be. */
function lookingCommands(program: Command, io: Io, end: End): void {
  program
    .command('catalog')
    .description('print the components, traits and scopes that the project can use, or one of them')
    .argument('[name]', 'one of them: replicas')
    .option('--config <file>', 'the configuration', 'strake.config.ts')
    .option('--json', 'print what machines can read')
    .addHelpText('after', '\nExample:\n  strake catalog autoscale')
    .action(async (name, options) =>
      end(await (await import('./commands/catalog.ts')).catalog(name, options, io)),
    );
  project(program.command('explain'))
    .description('say who wrote the values of an object, on which line, and over whom; writes nothing')
    .argument('<object>', 'kind and name: Deployment/web')
    .argument('[path]', 'a value, or what stands below it: spec.template.spec.containers')
    .addHelpText('after', '\nExample:\n  strake explain Deployment/web spec --env production')
    .action(async (object, path, options) =>
      end(await (await import('./commands/explain.ts')).explain(object, path, options, io)),
    );
}

function diffCommand(program: Command, io: Io, end: End): void {
  project(program.command('diff'))
    .description('say what a synth would change in the repository, by object and value; writes nothing')
    .option('--live', 'say what the agent would change in the clusters; needs kubectl, and changes nothing')
    .addOption(
      new Option(
        '--context <name>',
        'context of the kubeconfig, or <environment>=<context>; may be repeated (default: named as the cluster)',
      ).argParser(collect),
    )
    .option('--kubeconfig <file>', "kubectl's configuration, instead of its own")
    .option('--field-manager <name>', 'apply the dry run as this manager (default: the agent)')
    .option('--out <folder>', 'the repository, instead of the configured one')
    .option('--no-check', 'do not check the objects against schemas and rules')
    .addHelpText(
      'after',
      '\nIt ends with 0 when nothing differs, with 1 when something does, and with 2 when that cannot be told.' +
        '\n\nExample:\n  strake diff --live --env production --context production=eu-1',
    )
    .action(async (options) => end(await (await import('./commands/diff.ts')).diff(options, io)));
}

function agentCommand(program: Command, io: Io, end: End): void {
  program
    .command('agent')
    .description('print what is applied once in a cluster, so that the agent there syncs the repository')
    .option('--config <file>', 'the configuration', 'strake.config.ts')
    .option('--env <name>', 'an environment; may be repeated (default: all)', collect)
    .option('--json', 'print what machines can read')
    .addHelpText('after', '\nExample:\n  strake agent --env production | kubectl apply -f -')
    .action(async (options) => end(await (await import('./commands/agent.ts')).agent(options, io)));
}

function sealCommand(program: Command, io: Io, end: End): void {
  program
    .command('seal')
    .description('seal values for a secret claim; they are asked for, or piped in, and never printed')
    .argument('[claim]', 'the claim: <application>/<name>')
    .option('--config <file>', 'the configuration', 'strake.config.ts')
    .option('--env <name>', 'the environment; may be repeated with --list (default: the only one)', collect)
    .option('--key <name>', 'a key of the claim; may be repeated (default: those to be sealed)', collect)
    .option('--cert <place>', 'certificate of the cluster: a file or an https URL (default: the platform)')
    .option(
      '--fingerprint <sha256>',
      'what the certificate must be; needed for a URL (default: the platform)',
    )
    .option('--scope <scope>', 'strict, namespace-wide or cluster-wide (default: as before, else strict)')
    .option('--exact', 'take every byte that is piped in, and an empty value too')
    .option('--import <file>', 'take over the values of a SealedSecret that kubeseal has written')
    .option('--list', 'print the claims, and which keys are sealed, missing or stale')
    .option('--json', 'print what machines can read')
    .allowExcessArguments(false)
    // What is unknown may be a value in the wrong place: it is not repeated.
    .configureOutput({
      outputError: (text, write) =>
        write(text.replace(/unknown option '(--[\w-]+|-\w)[\s\S]*'/, "unknown option '$1'")),
    })
    .addHelpText(
      'after',
      '\nExample:\n  strake seal cart/redis-connection --env production --cert cluster.pem' +
        '\n  strake seal cart/tls --env production --key tls.key < tls.key',
    )
    .action(async (claim, options) =>
      end(await (await import('./commands/seal.ts')).seal(claim, options, io)),
    );
}

import { Command, CommanderError, Option } from 'commander';
import { EXIT, type ExitCode } from './exit-codes.ts';
import type { Io } from './io.ts';

const EXIT_CODES = `
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
    .option('--history <file>', 'write down who wrote every value, for `deliver --from`')
    .option('--stdout', 'print the YAML instead of writing it')
    .option('--dry-run', 'say what would be written')
    .option('--verify', 'like --dry-run, and exit with 1 when the repository differs; the line for CI')
    .option('--force', 'replace files that were edited by hand')
    .option('--no-check', 'do not check the objects against schemas and rules')
    .addHelpText('after', '\nExample:\n  strake synth --env production --dry-run')
    .action(async (options) => end(await (await import('./commands/synth.ts')).synth(options, io)));
  project(program.command('deliver'))
    .description('commit the project to its GitOps repository and push, or open pull requests')
    .option('--from <folder>', 'what `synth --out` has written, instead of a render; loads no configuration')
    .option('--project <name>', 'which project of that folder (default: the only one)')
    .option('--history <file>', 'what `synth --history` has written, for the commits')
    .option('--whole', 'that folder holds everything: remove what the project has no longer')
    .option('--to <repository>', 'path or URL of the repository, instead of the configured one')
    .option('--branch <name>', 'branch that the agent syncs (default: main)')
    .addOption(
      new Option(
        '--mode <mode>',
        'push or pull-request, or <environment>=<mode>; may be repeated (default: what the platform says)',
      ).argParser(collect),
    )
    .addOption(new Option('--forge <name>', 'who opens pull requests').choices(['github', 'gitlab']))
    .option('--reason <text>', 'why, for the commits')
    .option(
      '--emergency',
      'past pull requests and canary analysis, where the platform allows it; needs --reason',
    )
    .option('--author <author>', 'author of the commits: Name <address>')
    .option('--sign', "sign the commits (default: what git's configuration says)")
    .option('--no-sign', 'do not sign them')
    .option('--dry-run', 'say what would be delivered')
    .option('--force', 'replace files that were edited by hand')
    .addHelpText('after', '\nExample:\n  strake deliver --env production --reason "raise the limit"')
    .action(async (options) =>
      end(await (await import('./commands/deliver.ts')).deliverProject(options, io)),
    );
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
function lookingCommands(program: Command, io: Io, end: (code: ExitCode) => void): void {
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

function diffCommand(program: Command, io: Io, end: (code: ExitCode) => void): void {
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

function logCommand(program: Command, io: Io, end: (code: ExitCode) => void): void {
  program
    .command('log')
    .description('say who changed which value when, and in which layer; from the GitOps repository alone')
    .option('--config <file>', 'the configuration; not loaded with --repository', 'strake.config.ts')
    .option('--repository <repository>', 'path or URL of the repository, instead of the configured one')
    .option('--branch <name>', 'branch that the agent syncs (default: main)')
    .option('--env <name>', 'an environment; may be repeated (default: all)', collect)
    .option('--app <name>', 'an application; may be repeated (default: all)', collect)
    .option('--object <object>', 'kind and name: Deployment/web')
    .option('--path <path>', 'a value, or what stands below it: spec.replicas')
    .option('--since <date>', 'changes from that day on: 2026-11-22')
    .option('--limit <commits>', 'how many commits (default: 20)')
    .option('--json', 'print what machines can read')
    .addHelpText(
      'after',
      '\nExample:\n  strake log --env production --object Deployment/web --path spec.replicas',
    )
    .action(async (options) => end(await (await import('./commands/log.ts')).log(options, io)));
}

function agentCommand(program: Command, io: Io, end: (code: ExitCode) => void): void {
  program
    .command('agent')
    .description('print what is applied once in a cluster, so that the agent there syncs the repository')
    .option('--config <file>', 'the configuration', 'strake.config.ts')
    .option('--env <name>', 'an environment; may be repeated (default: all)', collect)
    .addHelpText('after', '\nExample:\n  strake agent --env production | kubectl apply -f -')
    .action(async (options) => end(await (await import('./commands/agent.ts')).agent(options, io)));
}

function imageCommands(program: Command, io: Io, end: (code: ExitCode) => void): void {
  const images = program.command('images').description('see and change what the image locks decide');
  ofImages(images.command('list'))
    .description('print the images that the locks decide; asks no registry')
    .action(async (options) => end(await (await import('./commands/images.ts')).listImages(options, io)));
  ofImages(images.command('outdated'))
    .description('print what the policies would choose now; writes nothing')
    .action(async (options) => end(await (await import('./commands/images.ts')).outdatedImages(options, io)));
  changingLocks(ofImages(images.command('update')))
    .description('write what the policies choose into the image locks, and nothing else')
    .addHelpText('after', '\nExample:\n  strake images update --env staging')
    .action(async (options) => end(await (await import('./commands/images.ts')).updateImages(options, io)));
  changingLocks(
    program
      .command('promote')
      .argument('<from>', 'the environment whose images are taken')
      .argument('<to>', 'the environment whose image locks are changed')
      .option('--config <file>', 'the configuration', 'strake.config.ts')
      .option('--out <folder>', 'the repository, instead of the configured one')
      .option('--app <name>', 'an application; may be repeated (default: all)', collect)
      .option('--image <name>', 'an image; may be repeated (default: all)', collect)
      .option('--json', 'print what machines can read'),
  )
    .description('lock in one environment the tags and digests that another has')
    .addHelpText('after', '\nExample:\n  strake promote staging production --dry-run')
    .action(async (from, to, options) =>
      end(await (await import('./commands/promote.ts')).promote([from, to], options, io)),
    );
}

function sealCommand(program: Command, io: Io, end: (code: ExitCode) => void): void {
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

function ofImages(command: Command): Command {
  return project(command)
    .option('--out <folder>', 'the repository, instead of the configured one')
    .option('--image <name>', 'an image; may be repeated (default: all)', collect);
}

function changingLocks(command: Command): Command {
  return command
    .option('--dry-run', 'say what would be changed')
    .option('--allow-downgrade', 'take a tag that is older than the locked one');
}

/** The options of every command that renders a project. */
function project(command: Command): Command {
  return command
    .option('--config <file>', 'the configuration', 'strake.config.ts')
    .option('--env <name>', 'an environment; may be repeated (default: all)', collect)
    .option('--app <name>', 'an application; may be repeated (default: all)', collect)
    .option('--json', 'print what machines can read');
}

function collect(value: string, values: readonly string[] = []): readonly string[] {
  return [...values, value];
}

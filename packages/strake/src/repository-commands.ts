import { Option, type Command } from 'commander';
import { collect, project, type End } from './command-options.ts';
import type { Io } from './io.ts';

/** The command that brings a render into the Git repository. */
export function deliverCommand(program: Command, io: Io, end: End): void {
  project(program.command('deliver'))
    .description('commit the project to its GitOps repository and push, or open pull requests')
    .option('--from <folder>', 'what `synth --out` has written, instead of a render; loads no configuration')
    .option('--project <name>', 'which project of that folder (default: the only one)')
    .option('--history <file>', 'what `synth --history` has written, for the commits')
    .option('--whole', 'that folder holds everything: remove what the project has no longer')
    .option('--repository <repository>', 'path or URL of the repository, instead of the configured one')
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
    .option('--force', 'replace files edited by hand, and remove what a controller takes over')
    .addHelpText('after', '\nExample:\n  strake deliver --env production --reason "raise the limit"')
    .action(async (options) =>
      end(await (await import('./commands/deliver.ts')).deliverProject(options, io)),
    );
}

/** The command that reads the repository's history. */
export function logCommand(program: Command, io: Io, end: End): void {
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

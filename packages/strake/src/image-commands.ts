import type { Command } from 'commander';
import { collect, project, type End } from './command-options.ts';
import type { Io } from './io.ts';

/** The commands that see and change what the image locks decide. */
export function imageCommands(program: Command, io: Io, end: End): void {
  const images = program
    .command('images')
    .description('see and change what the image locks decide')
    .addHelpText('after', '\nExample:\n  strake images outdated --env production');
  ofImages(images.command('list'))
    .description('print the images that the locks decide; asks no registry')
    .addHelpText('after', '\nExample:\n  strake images list --app cart')
    .action(async (options) => end(await (await import('./commands/images.ts')).listImages(options, io)));
  ofImages(images.command('outdated'))
    .description('print what the policies would choose now; writes nothing')
    .addHelpText('after', '\nExample:\n  strake images outdated --env production --json')
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

import { readFileSync } from 'node:fs';
import { normalize, resolve } from 'node:path';
import process from 'node:process';
import { Command } from 'commander';
import { createProject } from './create-project.ts';

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));

const program = new Command('create-strake')
  .description('Makes a new Strake project: one application, its operations and a platform.')
  .version(version)
  .argument('<folder>', 'a folder that does not exist yet, or is empty; its name is the name of the project')
  .allowExcessArguments(false)
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
  .addHelpText('after', '\nExample:\n  npm create strake shop')
  .parse();

const folder = normalize(program.args[0] ?? '').replace(/[/\\]$/, '');
const result = createProject(resolve(folder), version);
if ('problem' in result) {
  process.stderr.write(`create-strake: ${result.problem}\n`);
  process.exitCode = 2;
} else {
  const files = result.files.map((file) => `  ${folder}/${file}\n`).join('');
  // A reader that has seen enough, such as `head`, closes the pipe; that is no fault.
  process.stdout.on('error', () => {});
  process.stdout.write(`${files}\nNext:\n  cd ${folder}\n  npm install\n  npx strake synth\n`);
}

import process from 'node:process';
import { EXIT } from './exit-codes.ts';
import { terminal } from './io.ts';
import { run } from './program.ts';
import { VERSION } from './version.ts';

// A reader that has seen enough, such as `head`, closes the pipe; that is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

try {
  process.exitCode = await run(process.argv.slice(2), VERSION, terminal());
} catch (error) {
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`strake: a defect of Strake itself: ${message}\n`);
  process.stderr.write('Please report it with the command line and, if you can, the configuration.\n');
  if (process.env['STRAKE_DEBUG'] !== undefined && error instanceof Error)
    process.stderr.write(`${error.stack}\n`);
  process.exitCode = EXIT.defect;
}

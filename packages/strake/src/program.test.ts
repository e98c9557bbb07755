import { createColors } from 'picocolors';
import { expect, test } from 'vitest';
import { EXIT } from './exit-codes.ts';
import { run } from './program.ts';

async function helpOf(...command: readonly string[]): Promise<string> {
  let text = '';
  const io = {
    out: (said: string) => void (text += said),
    err: (said: string) => void (text += said),
    colors: createColors(false),
    directory: '.',
  };
  expect(await run([...command, '--help'], '0.0.0', io)).toBe(EXIT.done);
  return text;
}

/** Every command with its words, and the text of its help. */
async function commands(...above: readonly string[]): Promise<(readonly [string, string])[]> {
  const help = await helpOf(...above);
  const [, list = ''] = /\nCommands:\n([\s\S]*?)(?:\n\n|$)/.exec(help) ?? [];
  const names = [...list.matchAll(/^ {2}([a-z]+)/gm)].map(([, name = '']) => name);
  const below = await Promise.all(
    names.filter((name) => name !== 'help').map((name) => commands(...above, name)),
  );
  return [[above.join(' '), help], ...below.flat()];
}

test('the help of every command has an example, which names that command', async () => {
  const all = await commands();
  expect(all.length).toBeGreaterThan(14);
  for (const [command, help] of all) {
    expect(help, command).toMatch(new RegExp(`\nExamples?:\n {2}strake ${command}`));
  }
});

test('the help of `strake` says what every exit code means', async () => {
  const help = await helpOf();
  for (const code of Object.values(EXIT)) expect(help).toMatch(new RegExp(`^ {2}${code} +\\w`, 'm'));
});

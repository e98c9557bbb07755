import process from 'node:process';
import { PassThrough } from 'node:stream';

/** Where values come from. */
export interface SecretInput {
  /** A person who can be asked without showing what is typed, bytes that are piped in, or neither. */
  readonly kind: 'person' | 'pipe' | 'none';
  /** Asks for one line, and shows nothing of it; undefined when the person gives up. */
  ask(question: string): Promise<string | undefined>;
  /** Ends the asking: from here on a terminal shows again what is typed. */
  done(): void;
  /** All bytes that are piped in, as soon as there are more than `most` no further ones. */
  read(most: number): Promise<Buffer>;
}

/** The streams of this process. A terminal that would show what is typed is not asked. */
export function processInput(): SecretInput {
  const { stdin, stderr } = process;
  const isHiding = stderr.isTTY && typeof stdin.setRawMode === 'function';
  return {
    kind: stdin.isTTY ? (isHiding ? 'person' : 'none') : 'pipe',
    ...hiddenQuestions(),
    read: async (most) => {
      const chunks: Buffer[] = [];
      let size = 0;
      for await (const chunk of stdin) {
        const bytes = Buffer.from(chunk);
        chunks.push(bytes);
        size += bytes.length;
        if (size > most) break;
      }
      const all = Buffer.concat(chunks);
      for (const chunk of chunks) chunk.fill(0);
      return all;
    },
  };
}

/**
 * Questions on the terminal, which shows nothing from the first to the end: a prompt by itself would let it show what is
 * pasted between two of them.
 */
function hiddenQuestions(): Pick<SecretInput, 'ask' | 'done'> {
  const { stdin } = process;
  let keys: PassThrough | undefined;
  return {
    ask: async (message) => {
      const { isCancel, password } = await import('@clack/prompts');
      if (keys === undefined) {
        keys = new PassThrough();
        stdin.setRawMode(true);
        stdin.pipe(keys);
      }
      // No mask either: its length would say how long the value is.
      const answer = await password({ message, mask: '', input: keys, output: process.stderr });
      return isCancel(answer) ? undefined : answer;
    },
    done: () => {
      if (keys === undefined) return;
      stdin.unpipe(keys);
      stdin.setRawMode(false);
      stdin.pause();
      keys = undefined;
    },
  };
}

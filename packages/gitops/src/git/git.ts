import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { errorCode } from '../refusal.ts';
import type { Variables } from './git-environment.ts';
import { gitMissing, gitRefusal } from './git-refusal.ts';
import { withoutSecrets } from './without-secrets.ts';

const MOST_OUTPUT = 512 * 1024 * 1024;
const MOST_COMPLAINT = 256 * 1024;
const GRACE = 3000;

/** Where git runs, and with what. */
export interface GitSetting {
  readonly folder: string;
  readonly variables: Record<string, string>;
  /** Arguments before every command. */
  readonly pinned: readonly string[];
  /** What findings name as their place. */
  readonly place: string;
  /** Milliseconds that one call may take. */
  readonly timeout: number;
}

export interface GitCall {
  readonly input?: string | Buffer;
  readonly variables?: Variables;
}

/** How a call of git has ended. */
export interface GitEnd {
  readonly isGood: boolean;
  readonly out: Buffer;
  /** What it complained about, on one line, without secrets. */
  readonly complaint: string;
}

/** Runs git: arguments are never a shell's, output and time are bounded, hooks do not run. */
export class Git {
  readonly #setting: GitSetting;

  constructor(setting: GitSetting) {
    this.#setting = setting;
  }

  /** What a call prints. Throws a finding when it fails. */
  async out(command: string, words: readonly string[], call: GitCall = {}): Promise<Buffer> {
    const { isGood, out, complaint } = await this.run(command, words, call);
    if (!isGood) throw gitRefusal(command, complaint, this.#setting.place);
    return out;
  }

  /** As `out`, as text without the last line's end. */
  async text(command: string, words: readonly string[], call: GitCall = {}): Promise<string> {
    return (await this.out(command, words, call)).toString('utf8').trimEnd();
  }

  async run(command: string, words: readonly string[], call: GitCall = {}): Promise<GitEnd> {
    const { pinned, folder, timeout } = this.#setting;
    const variables = { ...this.#setting.variables, ...call.variables };
    const child = spawn('git', [...pinned, command, ...words], {
      cwd: folder,
      env: variables,
      stdio: ['pipe', 'pipe', 'pipe'],
      windowsHide: true,
    });
    const out = collected(child.stdout, MOST_OUTPUT, () => child.kill());
    const complaint = collected(child.stderr, MOST_COMPLAINT);
    // git may end before it has read everything; why is what it says.
    child.stdin.on('error', () => undefined).end(call.input);
    const watch = new Watch(child, timeout);
    const status = await new Promise<number | null>((resolve, reject) => {
      child.once('error', (error) => reject(errorCode(error) === 'ENOENT' ? gitMissing() : error));
      child.once('close', resolve);
    }).finally(() => watch.end());
    const said = watch.isOver ? `timed out after ${timeout} ms. ` : '';
    return {
      isGood: status === 0,
      out: out(),
      complaint: withoutSecrets(said + complaint().toString('utf8'), variables),
    };
  }
}

/** Ends a process that takes too long, first politely. What it has started may hold its streams for longer. */
class Watch {
  isOver = false;
  readonly #timers: NodeJS.Timeout[] = [];

  constructor(child: ChildProcessWithoutNullStreams, timeout: number) {
    const over = () => {
      this.isOver = true;
      child.kill();
    };
    this.#timers.push(
      setTimeout(over, timeout),
      setTimeout(() => child.kill('SIGKILL'), timeout + GRACE),
    );
    child.once('exit', () => {
      if (this.isOver) for (const stream of child.stdio) stream?.destroy();
    });
  }

  end(): void {
    for (const timer of this.#timers) clearTimeout(timer);
  }
}

function collected(stream: NodeJS.ReadableStream, atMost: number, over?: () => void): () => Buffer {
  const chunks: Buffer[] = [];
  let length = 0;
  stream.on('data', (chunk: Buffer) => {
    length += chunk.length;
    if (length <= atMost) chunks.push(chunk);
    else over?.();
  });
  return () => Buffer.concat(chunks);
}

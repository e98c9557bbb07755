import { execFileSync, spawn } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { connect } from 'node:net';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePorts } from './cluster/free-ports.ts';
import { testCache } from './tools/kubernetes-tools.ts';

/** OpenSSH's server, and a library that it needs. */
const PACKAGES = ['openssh-server', 'libwrap0'];
const ROOT_USER = 0;

/** An SSH server on this machine, to which the user who runs it may come with one key. */
export interface SshServer {
  /** `ssh://user@127.0.0.1:port`; paths follow. */
  readonly url: string;
  /** A folder for the PATH in which `ssh` uses this key, and these known hosts. */
  path(options?: { readonly key?: 'user' | 'stranger'; readonly isKnown?: boolean }): string;
  close(): Promise<void>;
}

/** Folder of the program, fetched once and not installed; or why it cannot be had or run. */
export function sshProgram(): { readonly folder: string } | { readonly missing: string } {
  const folder = join(testCache(), 'openssh-server');
  try {
    if (!existsSync(folder)) fetchPackages(folder);
    execFileSync('ssh', ['-V'], { stdio: 'pipe' });
    if (userInfo().uid === ROOT_USER) execFileSync('unshare', ['-m', 'true'], { stdio: 'pipe' });
    return { folder };
  } catch (error) {
    return { missing: `an SSH server cannot be had: ${String(error).split('\n', 1)[0]}` };
  }
}

function fetchPackages(folder: string): void {
  const work = mkdtempSync(join(testCache(), 'fetch-'));
  try {
    execFileSync('apt-get', ['download', ...PACKAGES], { cwd: work, stdio: 'pipe' });
    for (const archive of readdirSync(work).filter((file) => file.endsWith('.deb')))
      execFileSync('dpkg', ['-x', archive, 'unpacked'], { cwd: work, stdio: 'pipe' });
    renameSync(join(work, 'unpacked'), folder);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** Serves what the user may read and write. */
export async function serveSsh(program: string, outer: string): Promise<SshServer> {
  const folder = join(outer, 'ssh');
  mkdirSync(folder);
  const file = (name: string) => join(folder, name);
  for (const name of ['host', 'user', 'stranger'])
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', file(name)]);
  const [port = 0] = await freePorts(1);
  writeFileSync(
    file('sshd_config'),
    [
      'ListenAddress 127.0.0.1',
      `Port ${port}`,
      `HostKey ${file('host')}`,
      `AuthorizedKeysFile ${file('user.pub')}`,
      'PidFile none',
      'PasswordAuthentication no',
      'KbdInteractiveAuthentication no',
      'UsePAM no',
      'StrictModes no',
    ].join('\n'),
  );
  const child = spawn('sh', ['-c', startScript(program, folder)], { stdio: ['ignore', 'ignore', 'pipe'] });
  const said: Buffer[] = [];
  child.stderr.on('data', (chunk: Buffer) => said.push(chunk));
  const gone = new Promise((resolve) => child.once('exit', resolve));
  for (let waits = 0; !(await isOpen(port)); waits++) {
    if (waits > 100 || child.exitCode !== null) throw new Error(`sshd: ${Buffer.concat(said).toString()}`);
    await sleep(50);
  }
  return {
    url: `ssh://${userInfo().username}@127.0.0.1:${port}`,
    path: ({ key = 'user', isKnown = true } = {}) => {
      const name = `${key}-${isKnown}`;
      mkdirSync(file(name), { recursive: true });
      const known = `[127.0.0.1]:${port} ${readFileSync(file('host.pub'), 'utf8')}`;
      writeFileSync(file(`${name}.known`), isKnown ? known : '');
      const words = `-F none -i ${file(key)} -oIdentitiesOnly=yes -oUserKnownHostsFile=${file(`${name}.known`)}`;
      const ssh = execFileSync('which', ['ssh'], { encoding: 'utf8' }).trim();
      writeFileSync(join(file(name), 'ssh'), `#!/bin/sh\nexec ${ssh} ${words} "$@"\n`);
      chmodSync(join(file(name), 'ssh'), 0o755);
      return `${file(name)}:${process.env['PATH'] ?? ''}`;
    },
    close: async () => {
      child.kill();
      await gone;
    },
  };
}

/** Root's server wants a user and a folder of the system's, which it gets in a view of the files that is its own. */
function startScript(program: string, folder: string): string {
  const libraries = `$(dirname "$(find '${program}' -name libwrap.so.0)")`;
  const start = `exec env LD_LIBRARY_PATH="${libraries}" '${program}/usr/sbin/sshd' -D -e -f '${folder}/sshd_config'`;
  if (userInfo().uid !== ROOT_USER) return start;
  const view = [
    `(cat /etc/passwd; echo 'sshd:x:65533:65534::/run/sshd:/bin/false') > '${folder}/passwd'`,
    `mount --bind '${folder}/passwd' /etc/passwd`,
    'mount -t tmpfs tmpfs /run',
    'mkdir /run/sshd',
    start,
  ].join(' && ');
  writeFileSync(join(folder, 'start.sh'), view);
  return `exec unshare -m sh '${folder}/start.sh'`;
}

function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

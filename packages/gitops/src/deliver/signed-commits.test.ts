import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { gitRemote, type GitRemote } from '../../../../test/git-remote.ts';
import { planOf } from '../../../../test/laws/plans.ts';
import { temporary } from '../../../../test/temporary.ts';
import { deliver, type DeliverOptions } from './deliver.ts';

const outer = temporary();
let remote: GitRemote;
beforeEach(() => {
  remote = gitRemote(outer());
});

function delivering(options: Partial<DeliverOptions> = {}) {
  const plan = planOf('cart', { 'production/cart/web': 'A' });
  return deliver(plan, { repository: remote.url, variables: remote.variables, ...options });
}

function configure(text: string): void {
  const file = join(outer(), 'home/.gitconfig');
  writeFileSync(file, readFileSync(file, 'utf8') + text);
}

function isInstalled(command: string): boolean {
  try {
    execFileSync('which', [command], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

test.skipIf(!isInstalled('ssh-keygen'))('signs with an SSH key, and unsigned where it is told', async () => {
  const key = join(outer(), 'key');
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'deliverer', '-f', key]);
  const signers = join(outer(), 'signers');
  writeFileSync(signers, `deliverer@example.org ${readFileSync(`${key}.pub`, 'utf8')}`);
  configure(`\tsigningKey = ${key}\n[gpg]\n\tformat = ssh\n[gpg "ssh"]\n\tallowedSignersFile = ${signers}\n`);
  expect((await delivering({ sign: true })).findings).toEqual([]);
  expect(remote.git('log', '-1', '--format=%G?', 'main')).toBe('G');
  configure('[commit]\n\tgpgSign = true\n');
  remote.commit({ 'environments/production': undefined, '.strake': undefined });
  await delivering();
  expect(remote.git('log', '-1', '--format=%G?', 'main')).toBe('G');
  remote.commit({ 'environments/production': undefined, '.strake': undefined });
  await delivering({ sign: false });
  expect(remote.git('log', '-1', '--format=%G? %s', 'main')).toBe('N Deliver cart to production');
});

test.skipIf(!isInstalled('gpg'))('signs with a GPG key', async () => {
  const ring = join(outer(), 'gnupg');
  mkdirSync(ring, { mode: 0o700 });
  const variables = { ...remote.variables, GNUPGHOME: ring };
  const words = ['--batch', '--quiet', '--passphrase', '', '--quick-generate-key'];
  execFileSync('gpg', [...words, 'Deliverer <deliverer@example.org>', 'ed25519', 'sign', 'never'], {
    env: variables,
    stdio: 'pipe',
  });
  try {
    expect((await delivering({ sign: true, variables })).findings).toEqual([]);
    const message = remote.git('cat-file', 'commit', 'main');
    expect(message).toContain('-----BEGIN PGP SIGNATURE-----');
  } finally {
    execFileSync('gpgconf', ['--kill', 'gpg-agent'], { env: variables, stdio: 'pipe' });
  }
});

test('delivers nothing where it cannot sign', async () => {
  configure(`\tsigningKey = ${join(outer(), 'nowhere')}\n[gpg]\n\tformat = ssh\n`);
  const { findings, environments } = await delivering({ sign: true });
  expect(findings.map(({ code }) => code)).toEqual(['signing-failed']);
  expect(environments).toEqual([]);
  expect(remote.messages()).toHaveLength(1);
});

test('names another author than the committer', async () => {
  await delivering({ author: 'Ann <ann@example.org>' });
  expect(remote.git('log', '-1', '--format=%an %ae, %cn', 'main')).toBe('Ann ann@example.org, Deliverer');
  const { findings } = await delivering({ author: 'Ann' });
  expect(findings.map(({ code }) => code)).toEqual(['git-identity-missing']);
});

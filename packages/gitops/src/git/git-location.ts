import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { finding, StrakeError } from '@strake/core';

/** Where a Git repository is, as git is told. */
export interface GitLocation {
  readonly url: string;
  /** As it was written: what people are shown. */
  readonly shown: string;
  readonly protocol: 'file' | 'http' | 'https' | 'ssh';
  /** Name of the server, with the port of a web server that is not at its usual one; '' for a folder. */
  readonly host: string;
  /** Owner and name on the server, such as `acme/gitops`; the folder, where there is no server. */
  readonly path: string;
}

const SCP_LIKE = /^(?:[\w.-]+@)?(\w[\w.-]+):(?![/\\:]{2}|:)([^\s].*)$/;
const URL_LIKE = /^[a-z][a-z\d+.-]*:\/\//i;
// oxlint-disable-next-line no-control-regex -- they are what is looked for
const CONTROL = /[\u0000-\u001f\u007f]/;

/** Reads a path, relative to a folder, or a URL: https, ssh, file. Throws a finding for everything else. */
export function gitLocation(text: string, directory: string): GitLocation {
  if (text === '' || text.startsWith('-') || CONTROL.test(text)) throw refused(text);
  if (URL_LIKE.test(text)) return urlLocation(text);
  const [, host = '', path = ''] = SCP_LIKE.exec(text) ?? [];
  if (host !== '') return { url: text, shown: text, protocol: 'ssh', host, path: repositoryPath(path) };
  if (text.includes('::')) throw refused(text);
  const absolute = resolve(directory, text);
  return { url: pathToFileURL(absolute).href, shown: text, protocol: 'file', host: '', path: absolute };
}

function urlLocation(text: string): GitLocation {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined) throw refused(text);
  if (url.password !== '') throw withPassword(url);
  const protocol = url.protocol.slice(0, -1);
  if (/^-|^%2d/i.test(url.hostname) || /^-|^%2d/i.test(url.username)) throw refused(text);
  if (protocol === 'file')
    return { url: text, shown: text, protocol, host: '', path: safelyDecoded(url.pathname) };
  const path = repositoryPath(safelyDecoded(url.pathname));
  if (protocol === 'ssh') return { url: text, shown: text, protocol, host: url.hostname, path };
  if (protocol === 'https' || (protocol === 'http' && isLoopback(url.hostname)))
    return { url: text, shown: text, protocol, host: url.host, path };
  throw refused(text);
}

function repositoryPath(path: string): string {
  return path
    .replace(/^\/+/, '')
    .replace(/\/+$/, '')
    .replace(/\.git$/, '');
}

function safelyDecoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** What never leaves the machine needs no encryption. */
function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '127.0.0.1' || host === '[::1]';
}

function refused(text: string): StrakeError {
  return new StrakeError([
    finding({
      code: 'repository-location-invalid',
      path: 'repository',
      written: `\`${text.replace(/\/\/[^/@]*@/, '//')}\``,
      allowed: 'a path, or a URL of https, ssh or file; http only on this machine; no leading `-`',
      fix: 'Name the repository by such a path or URL.',
    }),
  ]);
}

function withPassword({ protocol, host, pathname }: URL): StrakeError {
  return new StrakeError([
    finding({
      code: 'repository-location-invalid',
      path: 'repository',
      written: `a URL of \`${protocol}//${host}${pathname}\` with a password`,
      allowed: 'a URL without one: URLs end up in logs and lists of processes',
      fix: 'Set STRAKE_TOKEN instead, or use a credential helper of git.',
    }),
  ]);
}

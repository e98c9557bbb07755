import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A certificate and its key, made by openssl. */
export interface MadeCertificate {
  /** Paths. */
  readonly certificate: string;
  readonly key: string;
  readonly pem: string;
  readonly keyPem: string;
  /** As openssl prints it: `AB:CD:...`. */
  readonly fingerprint: string;
}

export interface CertificateOptions {
  /** @default 'rsa:2048' */
  readonly algorithm?: string;
  /** Further words for the key: `-pkeyopt`. */
  readonly words?: readonly string[];
  /** @default '20200101000000Z' */
  readonly from?: string;
  /** @default '21200101000000Z' */
  readonly to?: string;
}

/** Whether a program can be run, or why not. */
export function missingProgram(program: string, ...words: readonly string[]): string | undefined {
  try {
    execFileSync(program, words, { stdio: 'ignore' });
    return undefined;
  } catch (error) {
    return `${program} ${words.join(' ')}: ${String(error).split('\n', 1)[0]}`;
  }
}

/** Makes a certificate that signs itself, good for sealing and for a server on 127.0.0.1. */
export function makeCertificate(
  folder: string,
  name: string,
  {
    algorithm = 'rsa:2048',
    words = [],
    from = '20200101000000Z',
    to = '21200101000000Z',
  }: CertificateOptions = {},
): MadeCertificate {
  const at = (ending: string) => join(folder, `${name}.${ending}`);
  const run = (...all: readonly string[]) =>
    execFileSync('openssl', all, { stdio: ['ignore', 'pipe', 'ignore'], encoding: 'utf8' });
  writeFileSync(at('index'), '');
  writeFileSync(at('cnf'), configuration(folder, at('index')));
  const subject = ['-nodes', '-subj', `/CN=${name}`, '-config', at('cnf')];
  run('req', '-new', '-newkey', algorithm, ...words, ...subject, '-keyout', at('key'), '-out', at('csr'));
  const dates = ['-startdate', from, '-enddate', to];
  const files = ['-keyfile', at('key'), '-in', at('csr'), '-out', at('crt')];
  run('ca', '-selfsign', '-batch', '-notext', '-config', at('cnf'), ...dates, ...files);
  const printed = run('x509', '-noout', '-fingerprint', '-sha256', '-in', at('crt'));
  return {
    certificate: at('crt'),
    key: at('key'),
    pem: readFileSync(at('crt'), 'utf8'),
    keyPem: readFileSync(at('key'), 'utf8'),
    fingerprint: printed.slice(printed.indexOf('=') + 1).trim(),
  };
}

function configuration(folder: string, index: string): string {
  return `[ca]
default_ca = own
[own]
database = ${index}
new_certs_dir = ${folder}
default_md = sha256
policy = any
rand_serial = yes
x509_extensions = extensions
[any]
commonName = supplied
[req]
distinguished_name = name
[name]
[extensions]
basicConstraints = critical,CA:TRUE
subjectAltName = IP:127.0.0.1
`;
}

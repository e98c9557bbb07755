import { finding, type Finding } from './finding.ts';
import { shortName } from './short-text.ts';
import type { Origin } from './source-line.ts';

/** A DNS label (RFC 1123): what Kubernetes accepts as the name of a Service, a namespace and a container. */
const DNS_LABEL = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;

export function isDnsLabel(name: string): boolean {
  return typeof name === 'string' && DNS_LABEL.test(name);
}

/** A finding about a name that is not a DNS label. */
export function nameInvalid(path: string, name: string, origins: readonly (Origin | undefined)[]): Finding {
  return finding({
    code: 'name-invalid',
    path,
    origins,
    written: `the name \`${shortName(name)}\``,
    allowed: 'at most 63 lower-case letters, digits and `-`, with a letter or digit at both ends (RFC 1123)',
    fix: `Rename it${suggestion(name)}.`,
  });
}

function suggestion(name: string): string {
  const likely = name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 63);
  return isDnsLabel(likely) ? `, for example to \`${likely}\`` : '';
}

import { finding, type Finding, type Platform } from '@strake/core';
import { applicationFolder, CLUSTERS, CODE_OWNERS, ENVIRONMENTS } from './layout.ts';

const OWNER = /^(?:@[\w.-]+(?:\/[\w.-]+)*|[^\s@#]+@[^\s@#]+\.[^\s@#]+)$/;
const HEAD = '# Strake writes this file from the owners that the platform names; change them there.\n';

/** The file by which a forge knows who approves what, and owners that it would not know. */
export interface CodeOwners {
  readonly path: string;
  /** Undefined when the platform names no owners. */
  readonly contents: string | undefined;
  readonly findings: readonly Finding[];
}

/** Who approves changes of the folders of applications, of what they share, and of what the agent reads. */
export function codeOwners({ name, owners }: Platform): CodeOwners {
  const findings = [...owners].flatMap(([application, each]) =>
    each
      .filter((owner) => !OWNER.test(owner))
      .map((owner) => ownerInvalid(`platform/${name}`, application, owner)),
  );
  const { platform = [], ...applications } = Object.fromEntries(owners);
  const lines = [
    ...(platform.length === 0
      ? []
      : [`/${CODE_OWNERS}`, `/${CLUSTERS}/`].map((path) => lineOf(path, platform))),
    ...Object.entries({ ...applications, ...(platform.length > 0 && { platform }) })
      .toSorted(([left], [right]) => (left < right ? -1 : 1))
      .flatMap(([application, each]) => {
        const folder = applicationFolder('*', application).split('/').at(-1) ?? '';
        const roots = application === 'platform' ? [ENVIRONMENTS] : [ENVIRONMENTS, 'images'];
        return roots.map((root) => lineOf(`/${root}/*/${folder}/`, each));
      }),
  ];
  return {
    path: CODE_OWNERS,
    contents: lines.length === 0 ? undefined : `${HEAD}${lines.join('')}`,
    findings,
  };
}

function lineOf(path: string, owners: readonly string[]): string {
  return `${path} ${owners.join(' ')}\n`;
}

function ownerInvalid(path: string, application: string, owner: string): Finding {
  return finding({
    code: 'property-invalid',
    path,
    written: `the owner \`${owner}\` of \`${application}\``,
    allowed: '`@user`, `@organisation/team`, or an address',
    fix: 'Write the owner like that.',
  });
}

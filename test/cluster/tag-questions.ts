import type { ImageReference } from '@strake/core';

/** A repository in a registry, and policies that choose from its tags. */
export interface TagQuestions {
  readonly tags: readonly string[];
  readonly policies: readonly Pick<ImageReference, 'policy' | 'filterTags'>[];
}

const words = (text: string) => text.trim().split(/\s+/);
const list = (text: string) => text.split(';').map((each) => each.trim());

const RANGES =
  list(`* ; x ; *-0 ; 1 ; 1.x ; 1.4.x ; v1.4 ; =1.4 ; !=1.x ; !=1.4.x ; >1.2 ; >1.2.x ; <2.0.0-rc.1 ; <2-0 ;
  >=1.0.0-0 ; =>1.0.0 ; <=1.2 ; <=1.2.3 ; ~1 ; ~1.4 ; ~1.4.2 ; ~>1.2.3 ; ~0 ; ~0.0 ; ~0.2.3 ; ~1.4.0-0 ; ~v1.2 ; ^1 ;
  ^1.2.3 ; ^1.x-0 ; ^0 ; ^0.0.3 ; ^0.2.3 ; ^2-0 ; >=1.0.0 <2.0.0 || 3.x ; >=1.0.0, <1.4.0 ; >= 1.2 < 1.4 || ^3 ;
  >=1 <2 !=1.4.10 ; 1.2 - 1.4 ; 1.2.3 - 2 ; 0.2.3 - 0.3.0-0 ; 1.2.3 || 1.3.0 ; 2025.x ; >=2025.01.01-0 ; 9.x`);

const VERSIONS = words(`1 1.4 latest main 0.0.0 0.0.1 0.0.3 0.0.3-rc.1 0.0.4 0.1.0 0.2.0 0.2.3 0.2.4 0.2.10
  0.3.0-alpha 0.3.0 1.0.0-0 1.0.0-alpha 1.0.0-alpha.1 1.0.0-beta.2 1.0.0-beta.11 1.0.0-rc.1 1.0.0 1.2.0 1.2.3-rc1 1.2.3
  1.2.4 1.2.10 1.3.0 1.4.0-rc.1 1.4.0 1.4.2 1.4.10 v1.4.11 1.10.0 2.0.0-rc.1 2.0.0 2.1.0 v2.1.0 v2.1.1 2.1.1 3.0.0 3.2.1 01.2.3
  2025.02.03 2025.02.03-rc.01 1.x.0 1.2.3.4 1.2.3-a_b sha256-abc.sig V1.2.3`);

const BUILDS =
  words(`main-aaa-1000 main-abc-100 main-abc-99 main-ffe-1000 main-zzz-5000 build-7 build-0010 n1 n10 n9
  RELEASE.2024-01-02T00-00-00Z RELEASE.2024-11-02T00-00-00Z feature-b develop-1 prod-1.2.3 prod-1.10.0 prod-v1.4.0
  staging-9.0.0 1.2.3 1.9.9-rc.1 10 9 1.5 a B Z _ z.z a-b A-B`);

/** Signatures that some tools push beside images, and which sort last. */
const SIGNED = words('zz-1 sha256-0123.sig sha256-0123.att sha256-0123 z.sig');

const BY_BUILD = '^main-[a-f0-9]+-(?P<ts>[0-9]+)$';

/** What the controllers of Flux are asked, and `strake images` as well. */
export const TAG_QUESTIONS: Readonly<Record<string, TagQuestions>> = {
  versions: {
    tags: VERSIONS,
    policies: [
      ...RANGES.map((range) => ({ policy: { semver: { range } } })),
      { policy: { semver: { range: '1.x' } }, filterTags: { pattern: '^[^-]*$' } },
      { policy: { digest: { tag: 'main' } } },
      { policy: { digest: { tag: '1.4' } } },
    ],
  },
  builds: {
    tags: BUILDS,
    policies: [
      { policy: { numerical: {} }, filterTags: { pattern: BY_BUILD, extract: '$ts' } },
      { policy: { numerical: { order: 'desc' } }, filterTags: { pattern: BY_BUILD, extract: '${ts}' } },
      { policy: { numerical: {} }, filterTags: { pattern: '^build-(.*)$', extract: '$1' } },
      { policy: { numerical: {} }, filterTags: { pattern: '^n(\\d+)$', extract: '$1' } },
      { policy: { numerical: { order: 'desc' } }, filterTags: { pattern: '^n(\\d+)$', extract: '${1}' } },
      { policy: { numerical: {} }, filterTags: { pattern: '^[0-9.]+$' } },
      { policy: { numerical: {} } },
      { policy: { alphabetical: {} } },
      { policy: { alphabetical: { order: 'desc' } } },
      {
        policy: { alphabetical: {} },
        filterTags: { pattern: '^RELEASE\\.(?P<when>.*)Z$', extract: '$when' },
      },
      {
        policy: { alphabetical: { order: 'desc' } },
        filterTags: { pattern: '^(?P<b>[a-z]+)-', extract: '$b' },
      },
      {
        policy: { semver: { range: '>=1.0.0' } },
        filterTags: { pattern: '^prod-(?P<version>.*)$', extract: '$version' },
      },
    ],
  },
  signed: {
    tags: SIGNED,
    policies: [{ policy: { alphabetical: {} } }, { policy: { alphabetical: { order: 'desc' } } }],
  },
};

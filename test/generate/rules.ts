import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as checks from '@strake/checks';
import type { Rule } from '@strake/core';
import { ROOT } from '../files.ts';

/** Where the page of all rules stands. */
export const RULES_PAGE = 'docs/rules.md';

/** Examples of the rules that take properties. */
const MADE: Readonly<Record<string, Rule>> = {
  banImage: checks.banImage({ images: ['docker.io/*'] }),
  banNamespace: checks.banNamespace({ namespaces: ['kube-system'] }),
  banServiceType: checks.banServiceType({ types: ['NodePort'] }),
};

/** The names under which the package exports rules, or makes them. */
export function ruleNames(): readonly string[] {
  const exported = Object.entries(checks).filter(([, value]) => isRule(value));
  return [...exported.map(([name]) => name), ...Object.keys(MADE)].toSorted();
}

/** Every rule of the package, by code. */
export function allRules(): readonly Rule[] {
  return entries().map(({ rule }) => rule);
}

function entries() {
  return ruleNames()
    .flatMap((name) => {
      const rule = MADE[name] ?? Object.entries(checks).find(([each]) => each === name)?.[1];
      return isRule(rule) ? [{ name, rule }] : [];
    })
    .toSorted((left, right) => (left.rule.code < right.rule.code ? -1 : 1));
}

function isRule(value: unknown): value is Rule {
  return typeof value === 'object' && value !== null && 'code' in value && 'why' in value;
}

/** The page of all rules. */
export function rulesPage(): string {
  return [
    INTRODUCTION,
    '| rule | severity | holds |',
    '|---|---|---|',
    ...entries().map(
      ({ rule, name }) => `| [\`${rule.code}\`](#${rule.code}) | ${rule.severity} | ${holds(rule, name)} |`,
    ),
    '',
    ...entries().flatMap(({ rule, name }) => section(rule, name)),
  ].join('\n');
}

function holds(rule: Rule, name: string): string {
  if (checks.recommended.includes(rule)) return 'by default';
  return checks.strict.includes(rule) ? 'in `strict`' : `where \`${name}\` is held`;
}

function section(rule: Rule, name: string): string[] {
  const call = name in MADE ? `${name}({ ... })` : name;
  return [
    `## ${rule.code}`,
    '',
    `Wants ${name in MADE ? 'what its properties say' : rule.summary}. ${rule.why}`,
    '',
    `*Fix:* ${rule.fix} *In code:* \`${call}\`.`,
    '',
  ];
}

const INTRODUCTION = `# Rules

A rule looks at the finished objects: those of one application, or those of all applications of a cluster. What it finds is a
finding with the code \`rule/\` and the rule's own code. An error means that nothing is written.

An \`error\` breaks or leaks for certain. A \`warning\` breaks unless somebody else makes the missing part, or is dangerous.
The recommended rules hold without a word. Cluster operators say otherwise by a scope:

\`\`\`ts
import { noFluxSubstitution, recommended, requireProbe } from '@strake/checks';
import { Platform } from '@strake/core';
import { rules } from '@strake/scopes';

export const platform = new Platform('acme', { environments: { production: {} } }).supply(
  rules({
    hold: [...recommended, requireProbe, noFluxSubstitution],
    severity: { 'require-probe': 'error' },
    waive: [
      {
        rule: 'no-host-access',
        application: 'logs',
        object: 'DaemonSet/collector',
        reason: 'It reads the logs of the node. Replaced by the new agent in spring.',
        until: '2027-03-31',
      },
    ],
  }),
);
\`\`\`

A waiver permits what one rule finds: everywhere, or in an environment, an application, an object. It has a reason and a last
day. After that day the rule finds again what it found before, and the waiver is the finding \`waiver-expired\`. A waiver
that permits nothing is the finding \`waiver-unused\`. Each finding carries the waiver that would permit it. \`strake check\`
names at its end what was waived, where, until when and why, as does its \`--json\`.

A Secret in plain text (\`secret-plaintext\`) is refused without any rule, and a waiver with that code in \`rule\` permits it. Where
nothing is checked (\`--no-check\`) nobody judges waivers, so that it is refused there all the same.

Application operators cannot waive: who is bound by a rule is not who lifts it. They ask for a waiver in the platform's
repository, where its reviewers see it.

References, selectors and budgets are looked up among all applications of the project on one cluster, so that these rules
say nothing where \`--app\` leaves applications out.

## A rule of your own

\`\`\`ts
import { defineRule } from '@strake/core';
import { passes, tripsOn } from '@strake/testing';

export const requireTeam = defineRule({
  code: 'require-team',
  package: '@acme/rules',
  summary: 'a label \`team\` on every Deployment',
  why: 'Nobody is called when it fails.',
  fix: 'Attach \`labels()\`.',
  severity: 'warning',
  check(target, report) {
    for (const at of target.of('Deployment.apps')) {
      if (at.metadata.labels?.['team'] === undefined) report({ at, written: 'it has no label \`team\`' });
    }
  },
});

const deployment = { apiVersion: 'apps/v1', kind: 'Deployment' };
tripsOn(requireTeam, [{ ...deployment, metadata: { name: 'web' } }]);
passes(requireTeam, [{ ...deployment, metadata: { name: 'web', labels: { team: 'shop' } } }]);
\`\`\`

A rule that compares applications has \`gather\`, which keeps the little that it needs of each, and \`relate\`, which gets what
was kept of a whole cluster. Values that may be secret do not belong into what a rule says.

## All rules

This part is made from the rules in \`packages/checks/src/rules\`: \`npx jiti test/generate/rules.ts\`.
`;

if (process.argv[1]?.endsWith('generate/rules.ts')) writeFileSync(join(ROOT, RULES_PAGE), rulesPage());

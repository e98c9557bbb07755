import type { Problem, RolloutTarget } from './rollout-target.ts';

/** Why Flagger cannot bring out revisions of a component; nothing when it can. */
export function targetProblems(trait: string, { pods, exposed, known }: RolloutTarget): Problem[] {
  const { workload, selector, labels } = pods;
  if (!COPIED.has(workload.kind)) return [notCopied(trait, workload.kind)];
  const problems: Problem[] = [];
  const key = SELECTOR_LABELS.find((label) => label in selector);
  if (key === undefined) problems.push(notSelected(trait, Object.keys(selector)));
  else if (key in labels) problems.push(notCovered(trait, key));
  if (workload.kind === 'DaemonSet' && known.updateStrategy?.type === 'OnDelete')
    problems.push(notRolling(trait));
  if (known.expose !== undefined) problems.push(notExposed(trait));
  for (const name of new Set([workload.name, exposed.service.name]))
    if (name.length > LONGEST) problems.push(tooLong(trait, name));
  return problems;
}

/** Kinds of which Flagger runs a second one beside the first. */
const COPIED = new Set(['Deployment', 'DaemonSet']);

/** The labels of which Flagger takes the first that a selector has, and gives the copy's pods another value. */
const SELECTOR_LABELS = ['app', 'name', 'app.kubernetes.io/name'];

/** Names and label values have at most 63 characters, and the copies end in `-primary`. */
const LONGEST = 55;

function notCopied(trait: string, kind: string): Problem {
  return {
    code: 'trait-misplaced',
    written: `the trait \`${trait}\` on a ${kind}`,
    allowed: 'a Deployment or a DaemonSet, beside which Flagger can run a second one',
    fix: `Detach \`${trait}\`, or keep the state in another component.`,
  };
}

function notSelected(trait: string, labels: readonly string[]): Problem {
  return {
    code: 'trait-misplaced',
    written: `the trait \`${trait}\` on a workload that selects its pods by ${labels.length === 0 ? 'no label' : list(labels)}`,
    allowed: `a selector with one of ${list(SELECTOR_LABELS)}, which Flagger looks for`,
    fix: 'Make the workload anew with the selector label `app`: it cannot be changed.',
  };
}

function notCovered(trait: string, label: string): Problem {
  return {
    code: 'trait-misplaced',
    written: `the trait \`${trait}\` on pods that policies select by \`${label}\`, whose value Flagger changes`,
    allowed: "pods that have the component's name as `app.kubernetes.io/name` besides their selector label",
    fix: 'Give the pods the label, so that policies hold for both revisions.',
  };
}

function notRolling(trait: string): Problem {
  return {
    code: 'trait-conflict',
    written: `\`type\` of \`updateStrategy\` is OnDelete beside \`${trait}\``,
    allowed: 'RollingUpdate, without which Flagger does not copy a DaemonSet',
    fix: 'Leave out `type`.',
  };
}

function tooLong(trait: string, name: string): Problem {
  return {
    code: 'name-invalid',
    written: `the name \`${name}\` beside \`${trait}\``,
    allowed: `at most ${LONGEST} characters: Flagger makes objects whose names end in \`-primary\``,
    fix: 'Give the component a shorter name.',
  };
}

function list(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(', ');
}

function notExposed(trait: string): Problem {
  return {
    code: 'trait-conflict',
    written: `the trait \`expose\` beside \`${trait}\``,
    allowed: "Flagger's own Services: another one leads to pods that are gone between two rollouts",
    fix: 'Lead callers through a gateway or an Ingress.',
  };
}

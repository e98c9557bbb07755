/** What there is to say about a budget that would block every drain of a node. */
export function blockingBudget(
  minAvailable: number | string | undefined,
  maxUnavailable: number | string | undefined,
  least: number,
) {
  const given =
    minAvailable === undefined
      ? `\`maxUnavailable\` of \`disruptionBudget\` is ${maxUnavailable}`
      : `\`minAvailable\` of \`disruptionBudget\` is ${minAvailable}`;
  return {
    code: 'property-invalid',
    written: `${given} where there ${least === 1 ? 'is 1 pod' : `are ${least} pods`}: none may ever go, and no node can be drained`,
    allowed: 'a budget that lets at least one pod go',
    fix: 'Give `maxUnavailable: 1`, or run more pods.',
  } as const;
}

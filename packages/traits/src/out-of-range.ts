/** What there is to say about a count of `replicas` that `autoscale` would not let stand. */
export function outOfRange(count: number, least: number, most: number) {
  return {
    code: 'property-invalid',
    written: `\`count\` of \`replicas\` is ${count} beside \`autoscale\``,
    allowed: `a count from ${least} to ${most}, as \`autoscale\` says`,
    fix: 'Correct `count`, or detach `replicas`: `autoscale` decides the number of pods.',
  } as const;
}

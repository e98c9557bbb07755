import { RATIOS } from './variants.js';

const GROWTH = 'strake per object 3000/300';

/** The lines of the result: the median of every variant at every size, and the capped ones without figures. */
export function rowsOf(results) {
  return results.map(({ variant, applications, environments, samples, capped }) => ({
    name: variant.name,
    applications,
    environments,
    wallMs: capped ? null : round(median(samples.map(({ wallMs }) => wallMs))),
    rssMb: capped ? null : round(median(samples.map(({ rssMb }) => rssMb))),
    ...(capped && { capped: variant.upTo }),
  }));
}

/**
 * Ratios of wall time: the median over the rounds, of two runs of one round each, so that a slow minute of the machine
 * is in both. The plain key is for the largest size that both have; `key@size` for the others.
 */
export function ratiosOf(results) {
  const ratios = {};
  for (const { name, of, to } of RATIOS) {
    const both = results.filter(({ variant, capped }) => variant.name === of && !capped);
    const pairs = both.flatMap((left) => {
      const right = results.find(
        ({ variant, applications, capped }) =>
          variant.name === to && !capped && (variant.command || applications === left.applications),
      );
      return right === undefined ? [] : [[left, right]];
    });
    pairs.forEach(([left, right], index) => {
      const key = index === pairs.length - 1 ? name : `${name}@${left.applications}`;
      const paired = left.samples.map(({ wallMs }, at) => wallMs / right.samples[at].wallMs);
      ratios[key] = round(median(paired), 2);
    });
  }
  return { ...ratios, ...growth(results) };
}

/** Cost of an object at 3000 applications against one at 300, without the start of the process. */
function growth(results) {
  const perApplication = (applications) => {
    const found = results.find(
      (each) => each.variant.name === 'strake' && each.applications === applications,
    );
    return found && median(found.samples.map(({ runMs }) => runMs)) / applications;
  };
  const [small, large] = [perApplication(300), perApplication(3000)];
  return small && large ? { [GROWTH]: round(large / small, 2) } : {};
}

/** Both tables as text. */
export function asText({ rows, ratios }, results) {
  return `${table([
    ['name', 'applications', 'environments', 'wall ms', 'rss MB'],
    ...rows.map(({ name, applications, environments, wallMs, rssMb, capped }) => [
      name,
      applications,
      environments,
      ...(capped ? [`capped at ${capped}`, ''] : [wallMs, rssMb]),
    ]),
  ])}\n\n${table([['ratio', 'is', 'wanted'], ...Object.entries(ratios).map(([key, value]) => ratioLine(key, value, results))])}\n`;
}

function ratioLine(key, value, results) {
  const wanted = key === GROWTH ? { atMost: 1.2 } : RATIOS.find(({ name }) => name === key);
  const { atMost, atLeast, at = 0, of } = wanted ?? {};
  const sizes = results.filter(({ variant, capped }) => variant.name === of && !capped);
  const isJudged = of === undefined || sizes.some(({ applications }) => applications >= at);
  if (!isJudged) return [key, value, ''];
  if (atMost !== undefined) return [key, value, `at most ${atMost}${value > atMost ? ': missed' : ''}`];
  if (atLeast !== undefined) return [key, value, `at least ${atLeast}${value < atLeast ? ': missed' : ''}`];
  return [key, value, ''];
}

function table(lines) {
  const widths = lines[0].map((_, column) => Math.max(...lines.map((line) => `${line[column]}`.length)));
  return lines
    .map((line) =>
      line
        .map((cell, column) => `${cell}`.padEnd(widths[column]))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function median(values) {
  const sorted = values.toSorted((left, right) => left - right);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

function round(value, digits = 0) {
  return Number(value.toFixed(digits));
}

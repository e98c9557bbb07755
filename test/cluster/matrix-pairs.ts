import { COMPONENTS } from '../matrix/components.ts';
import { Matrix, MatrixResult } from '../matrix/matrix.ts';
import { ALL_SCOPES, NO_SCOPE } from '../matrix/scopes.ts';
import { TRAITS } from '../matrix/traits.ts';
import { type SentManifest, manifestsIn } from './manifests.ts';

/** Two traits together on one component, as the matrix tries them. */
export interface MatrixPair {
  /** As in `replicas + traffic on WebService under no scope`. */
  readonly name: string;
  /** The objects; none where the two are refused together. */
  render(): readonly SentManifest[];
}

/** Every pair of the matrix once, in an order that is the same in every run and in which no two neighbours are alike. */
export function matrixPairs(): MatrixPair[] {
  const cells = COMPONENTS.flatMap((component) =>
    [NO_SCOPE, ALL_SCOPES].map((scopes) => new Matrix({ component, scopes }, new MatrixResult())),
  );
  const pairs = cells.flatMap((matrix) =>
    TRAITS.flatMap((one, index) =>
      TRAITS.slice(index + 1)
        .filter(({ factory }) => factory !== one.factory)
        .map((other) => pairOf(matrix, one, other)),
    ),
  );
  const step = stepOver(pairs.length);
  return pairs.flatMap((_, index) => pairs[(index * step) % pairs.length] ?? []);
}

function pairOf(
  { cell: { component, scopes }, trials }: Matrix,
  one: (typeof TRAITS)[number],
  other: (typeof TRAITS)[number],
): MatrixPair {
  return {
    name: `${one.name} + ${other.name} on ${component.type} under ${scopes.name}`,
    render: () => {
      const { isRefused, applications } = trials.of(one.on(component.type), other.on(component.type));
      if (isRefused) return [];
      const objects = applications.flatMap(({ manifests }) => manifests.map(({ object }) => object));
      return manifestsIn(objects.map((object) => JSON.stringify(object)).join('\n---\n'));
    },
  };
}

/** A step near the golden section that has no factor in common with the length, so that it meets every index. */
function stepOver(length: number): number {
  const divides = (one: number, other: number): number => (other === 0 ? one : divides(other, one % other));
  let step = Math.max(1, Math.round(length * 0.618));
  while (divides(length, step) !== 1) step += 1;
  return step;
}

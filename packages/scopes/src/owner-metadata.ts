import type { Owner } from './ownership.ts';

type Texts = Readonly<Record<string, string>>;

/** Labels and annotations that say who answers for something. */
export function ownerMetadata(
  owner: Owner,
  prefix: string,
): { readonly labels: Texts | undefined; readonly annotations: Texts | undefined } {
  return {
    labels: ownerLabels([owner], prefix),
    annotations: owner.contact === undefined ? undefined : { [`${prefix}/contact`]: owner.contact },
  };
}

/** What owners have in common, as labels; undefined where that is nothing. */
export function ownerLabels(owners: readonly Owner[], prefix: string): Texts | undefined {
  const common = (read: (owner: Owner) => string | undefined) => {
    const values = new Set(owners.map(read));
    return values.size === 1 ? [...values][0] : undefined;
  };
  const given = { team: common(({ team }) => team), 'cost-center': common(({ costCenter }) => costCenter) };
  const labels = Object.entries(given).flatMap(([name, value]) =>
    value === undefined ? [] : [[`${prefix}/${name}`, value]],
  );
  return labels.length === 0 ? undefined : Object.fromEntries(labels);
}

import { Mountable, nearest, type Callee, type Component } from '@strake/core';

/** A key that is asked of a config or a claim. */
interface AskedKey {
  readonly key: string;
  /** Property that says which keys there are. */
  readonly property: string;
  /** The method that asks. */
  readonly callee: Callee;
}

/** Reports a key that a component will not have: the container that asks for it would never start. */
export function reportUnknownKey(component: Component, { key, property, callee }: AskedKey): void {
  const keys = Mountable.tryOf(component)?.keys;
  if (keys === undefined || keys.includes(key)) return;
  const likely = nearest(key, keys);
  component.report(
    {
      code: 'reference-unknown',
      written: `the key \`${key}\`, which does not stand in \`${property}\``,
      allowed: keys.length === 0 ? 'no key: it has none' : keys.map((each) => `\`${each}\``).join(', '),
      fix:
        likely === undefined
          ? `Add \`${key}\` to \`${property}\`, or ask for a key that stands there.`
          : `Did you mean \`${likely}\`?`,
    },
    callee,
  );
}

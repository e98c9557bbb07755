import type { Scope } from '@strake/core';
import type { AnyScopeFactory, ConformanceOptions } from './conformance.ts';
import { strangeProperties } from './strange-properties.ts';
import { errorsOf, isSame, TrialRenderer } from './trial-render.ts';
import { trials } from './trials.ts';
import { exampleOf, inExample, notAccepted, unlike } from './tried-example.ts';
import type { Violation } from './violation.ts';

/** What a scope does that is not promised of it. It is tried beside the scopes of the options. */
export function scopeConformance<Properties>(
  factory: AnyScopeFactory<Properties>,
  options: ConformanceOptions<Properties>,
): Violation[] {
  const { scopes = [], beside = [] } = options;
  const under = (scope: Scope) => ({ ...options, scopes: [...scopes, scope] });
  return options.examples.flatMap((given, index) => {
    const example = exampleOf(given);
    const renderer = new TrialRenderer(under(factory(example)));
    const render = renderer.render(beside);
    const at = { definitions: [factory.definition.name], component: render.component };
    const refused = notAccepted(render, at);
    if (refused.length > 0) return inExample(index, refused);
    const again = new TrialRenderer(under(factory(example))).render(beside);
    const first = new TrialRenderer({ ...options, scopes: [factory(example), ...scopes] }).render(beside);
    return inExample(index, [
      ...(isSame(render, again) ? [] : [unlike(at)]),
      ...(errorsOf(first).length === 0
        ? []
        : notAccepted(first, at).map((each) => ({ ...each, invariant: 'order-is-free' }))),
      ...strangeProperties(example).flatMap(({ place, properties }) => {
        const scope: Scope = Reflect.apply(factory, undefined, [properties]);
        if (errorsOf(new TrialRenderer(under(scope)).render([])).length > 0) return [];
        const written = `\`${place || 'properties'}\` takes an unknown property`;
        return [{ ...at, invariant: 'unknown-property-is-refused', written }];
      }),
      ...trials(under(factory(example)))
        .of(...beside)
        .violations.map((each) => ({ ...each, definitions: at.definitions })),
    ]);
  });
}

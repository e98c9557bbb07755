import type { KubernetesObject, Trait } from '@strake/core';
import type { AnyTraitFactory, ConformanceOptions } from './conformance.ts';
import { leavesOf } from './leaves.ts';
import { stockTrait } from './stock-trait.ts';
import { strangeProperties } from './strange-properties.ts';
import { errorsOf, isSame, TrialRenderer, type TrialRender } from './trial-render.ts';
import { trials } from './trials.ts';
import { exampleOf, inExample, notAccepted, unlike } from './tried-example.ts';
import type { Violation } from './violation.ts';

/** What a trait does that is not promised of it. */
export function traitConformance<Properties>(
  factory: AnyTraitFactory<Properties>,
  options: ConformanceOptions<Properties>,
): Violation[] {
  const { name, last = false } = factory.definition;
  const renderer = new TrialRenderer(options);
  const base = renderer.render([]);
  const beside = options.beside ?? (last ? [] : [stockTrait()]);
  const ground = trials(options);
  const definitions = [name];
  return options.examples.flatMap((given, index) => {
    const example = exampleOf(given);
    const trait = factory(example);
    const render = renderer.render([trait]);
    const at = { definitions, component: render.component };
    const refused = notAccepted(render, at);
    if (refused.length > 0) return inExample(index, refused);
    return inExample(index, [
      ...(isSame(render, renderer.render([factory(example)])) ? [] : [unlike(at)]),
      ...strays(base, render).map((each) => ({ ...at, ...each })),
      ...takenProperties(renderer, factory, example).map((written) => ({
        ...at,
        invariant: 'unknown-property-is-refused',
        written,
      })),
      ...ground.of(trait).violations,
      ...beside.flatMap((other) => ground.of(trait, other).violations),
    ]);
  });
}

/** What a trait changes that is no part of its component: objects that others made stay as they are. */
function strays(
  base: TrialRender,
  render: TrialRender,
): Pick<Violation, 'invariant' | 'object' | 'path' | 'written'>[] {
  const others = new Set(
    base.applications.flatMap(({ manifests }) =>
      manifests.filter(({ writer }) => writer?.path !== base.component).map(({ object }) => keyOf(object)),
    ),
  );
  const foreign = ({ applications }: TrialRender) =>
    applications.map((application) => ({
      ...application,
      manifests: application.manifests.filter(({ object }) => others.has(keyOf(object))),
    }));
  const before = leavesOf(foreign(base));
  const after = leavesOf(foreign(render));
  const invariant = 'keeps-to-its-component';
  return [
    ...[...after].filter(([key]) => !before.has(key)).map(([, leaf]) => ({ leaf, verb: 'writes' })),
    ...[...before].filter(([key]) => !after.has(key)).map(([, leaf]) => ({ leaf, verb: 'takes away' })),
  ].map(({ leaf: { object, path, value }, verb }) => ({
    invariant,
    object,
    path,
    written: `it ${verb} ${value} in an object of another`,
  }));
}

function takenProperties<Properties>(
  renderer: TrialRenderer,
  factory: AnyTraitFactory<Properties>,
  example: Properties,
): string[] {
  return strangeProperties(example).flatMap(({ place, properties }) => {
    const trait: Trait<string> = Reflect.apply(factory, undefined, [properties]);
    return errorsOf(renderer.render([trait])).length > 0
      ? []
      : [`\`${place || 'properties'}\` takes an unknown property`];
  });
}

function keyOf({ apiVersion, kind, metadata: { name, namespace } }: KubernetesObject): string {
  return [apiVersion, kind, namespace, name].join('/');
}

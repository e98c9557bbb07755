import { defineCapability, Exposed, Pods, Scalable, type Application, type Component } from '@strake/core';
import type { ApiObject } from 'cdk8s';
import type { AnyComponentClass, ConformanceOptions } from './conformance.ts';
import { mapsAt, textAt, textsAt, valueAt } from './json-at.ts';
import { hasLabels } from './label-selector.ts';
import { stockTrait } from './stock-trait.ts';
import { strangeProperties } from './strange-properties.ts';
import { errorsOf, isSame, TrialRenderer, type TrialRender } from './trial-render.ts';
import { trials } from './trials.ts';
import { exampleFor, inExample, notAccepted, unlike } from './tried-example.ts';
import type { Violation } from './violation.ts';

type Broken = Pick<Violation, 'invariant' | 'written'> & Partial<Violation>;

/** What a component does that is not promised of it. */
export function componentConformance<Properties>(
  componentClass: AnyComponentClass<Properties>,
  options: ConformanceOptions<Properties>,
): Violation[] {
  const { name, offers } = componentClass.definition;
  return options.examples.flatMap((given, index) => {
    let facets: Broken[] = [];
    const on = (application: Application) => {
      const component = new componentClass(application, 'subject', exampleFor(given, application));
      facets = offered(component, offers);
      return component;
    };
    const renderer = new TrialRenderer({ ...options, on });
    const render = renderer.render([]);
    const at = { definitions: [name], component: 'trial/subject' };
    const refused = notAccepted(render, at);
    if (refused.length > 0) return inExample(index, refused);
    const ground = trials({ ...options, on });
    const beside = options.beside ?? (offers.includes('pods') ? [stockTrait()] : []);
    return inExample(index, [
      ...[...facets, ...unlabelled(render), ...takenProperties(componentClass, options, given)].map(
        (each) => ({
          ...at,
          ...each,
        }),
      ),
      ...(isSame(render, renderer.render([])) ? [] : [unlike(at)]),
      ...ground.of().violations.map((each) => ({ ...each, definitions: [name] })),
      ...beside.flatMap((trait) => ground.of(trait).violations),
    ]);
  });
}

/** What of the facets does not lead to something that is there. */
function offered(component: Component, offers: readonly string[]): Broken[] {
  const invariant = 'facets-are-true';
  const found: Broken[] = offers
    .filter((each) => defineCapability<unknown>()(each).tryOf(component) === undefined)
    .map((each) => ({ invariant, written: `it says that it offers \`${each}\` and does not` }));
  const isOwn = (object: ApiObject) => object.node.path.startsWith(`${component.node.path}/`);
  const say = (written: string) => void found.push({ invariant, written });
  const pods = Pods.tryOf(component);
  if (pods !== undefined) {
    const template = valueAt(pods.workload.toJson(), ...pods.template.split('.'));
    const labels = textsAt(template, 'metadata', 'labels');
    if (!isOwn(pods.workload)) say('`pods.workload` is no object of the component');
    if (!mapsAt(template, 'spec', 'containers').some((each) => textAt(each, 'name') === pods.container))
      say(`\`pods.template\` has no container \`${pods.container}\``);
    if (!hasLabels(pods.selector, labels)) say('`pods.selector` does not match the labels of the pods');
    if (!hasLabels(pods.labels, labels)) say('`pods.labels` does not match the labels of the pods');
  }
  const scalable = Scalable.tryOf(component);
  if (scalable !== undefined && !isOwn(scalable.workload))
    say('`scalable.workload` is no object of the component');
  const exposed = Exposed.tryOf(component);
  const served = new Set(mapsAt(exposed?.service.toJson(), 'spec', 'ports').map((each) => each['port']));
  for (const { name, port } of exposed?.ports ?? [])
    if (!served.has(port)) say(`\`exposed.ports\` has \`${name}\`, and the Service has no port ${port}`);
  return found;
}

/** Objects without the label by which policies and monitors find what belongs to a component. */
function unlabelled({ applications, component }: TrialRender): Broken[] {
  return applications
    .flatMap(({ manifests }) => manifests)
    .filter(({ object, writer }) => {
      const { labels = {} } = object.metadata;
      return writer?.path === component && !('app.kubernetes.io/name' in labels);
    })
    .map(({ object: { kind, metadata } }) => ({
      invariant: 'objects-are-labelled',
      object: `${kind}/${metadata.name}`,
      path: 'metadata.labels',
      written: 'lacks `app.kubernetes.io/name`: make it by `component.object()`',
    }));
}

function takenProperties<Properties>(
  componentClass: AnyComponentClass<Properties>,
  options: ConformanceOptions<Properties>,
  given: ConformanceOptions<Properties>['examples'][number],
): Broken[] {
  let count = 1;
  const found: Broken[] = [];
  for (let index = 0; index < count; index++) {
    let place = '';
    const on = (application: Application): Component => {
      const strange = strangeProperties(exampleFor(given, application));
      count = strange.length;
      place = strange[index]?.place ?? '';
      const component: Component = Reflect.construct(componentClass, [
        application,
        'subject',
        strange[index]?.properties,
      ]);
      return component;
    };
    if (errorsOf(new TrialRenderer({ ...options, on }).render([])).length > 0) continue;
    found.push({
      invariant: 'unknown-property-is-refused',
      written: `\`${place || 'properties'}\` takes an unknown property`,
    });
  }
  return found;
}

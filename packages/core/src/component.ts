import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import type { AnyCapability, FacetsOf } from './capability.ts';
import { codeName } from './code-name.ts';
import { componentName } from './component-name.ts';
import { attachTo, componentState } from './component-state.ts';
import { findingsOf } from './compose.ts';
import { compositionOf } from './composition.ts';
import { connect, type Connection, type ConnectionAddresses, type ConnectionOptions } from './connection.ts';
import { isComponentReference, type ComponentReference } from './reference.ts';
import type { KubernetesObject } from './kubernetes-object.ts';
import { PlainObject } from './plain-object.ts';
import { parseProperties, type PropertiesSchema } from './properties.ts';
import { finding, type Finding, type FindingInput } from './finding.ts';
import { nameInvalid } from './names.ts';
import { originOf, originOfNew, sourceLine, type Callee, type Origin } from './source-line.ts';
import type { Trait } from './trait.ts';

/** What is known of a component type without its code. */
export interface ComponentInfo {
  readonly kind: 'component';
  /** Unique name of the type: `web-service`. */
  readonly name: string;
  /** npm package that the definition comes from. */
  readonly package: string;
  /** One sentence: what it runs or claims. */
  readonly summary: string;
  readonly properties: PropertiesSchema<unknown, unknown>;
  readonly offers: readonly string[];
}

/** One workload, or one claim, and all that belongs to it (OAM: component). */
export abstract class Component<in Offers extends string = never> extends Construct {
  /** Exists for the type checker only: a component fits where fewer capabilities are asked for. */
  declare readonly offers: (capability: Offers) => void;

  /** Name of the component's objects: its construct id, unless its type takes another one from the properties. */
  get name(): string {
    return componentName.get(this) ?? this.node.id;
  }

  /** Labels of all objects that belong to the component. */
  get labels(): Readonly<Record<string, string>> {
    return {
      'app.kubernetes.io/name': this.name,
      'app.kubernetes.io/part-of': compositionOf(this).application,
      'app.kubernetes.io/managed-by': 'strake',
    };
  }

  /** Attaches operational behaviour. What does not fit is a finding that names the attaching line. */
  attach(...traits: Trait<Offers>[]): this {
    const origin = originOf(this.attach);
    for (const trait of traits) attachTo(this, trait, origin);
    return this;
  }

  /** Declares that this component calls another one: used for its environment, for network policies and for the mesh. */
  connectTo(target: Component | ComponentReference, options?: ConnectionOptions): this;
  /** Declares calls of several components by the variables that get their addresses: `{ CART_ADDR: this.cart }`. */
  connectTo(addresses: ConnectionAddresses): this;
  connectTo(
    given: Component | ComponentReference | ConnectionAddresses,
    options: ConnectionOptions = {},
  ): this {
    const origin = originOf(this.connectTo);
    const wanted = isAddresses(given)
      ? Object.entries(given).map(([env, target]) => ({ target, options: { env } }))
      : [{ target: given, options }];
    for (const { target, options } of wanted) {
      if (isTarget(target)) connect(this, { target, options, origin });
      else compositionOf(this).report(notConnectable(this, { target, options, origin }));
    }
    return this;
  }

  /** Adds an object of the component. Its construct id is the kind and, where given, the name that tells two apart. */
  object(object: KubernetesObject): ApiObject {
    const { name } = object.metadata;
    const id = name === this.name ? object.kind : `${object.kind}-${name}`;
    return new PlainObject(this, id, {
      ...object,
      metadata: { ...object.metadata, labels: { ...this.labels, ...object.metadata.labels } },
    });
  }

  /**
   * Reports something wrong that only the component can know, about the line that called `callee`.
   * @param callee a method of the component; the line that constructed it is named without one
   */
  report(input: Omit<FindingInput, 'path' | 'origins'>, callee?: Callee): void {
    const origin = callee === undefined ? componentState.get(this)?.origin : originOf(callee);
    compositionOf(this).report(finding({ ...input, path: this.node.path, origins: [origin] }));
  }

  /** Whether a value is a component, of any installed copy of Strake. */
  static isComponent(value: unknown): value is Component {
    return typeof value === 'object' && value !== null && componentState.get(value) !== undefined;
  }
}

/** What a component is. */
export interface ComponentDefinition<
  Properties,
  Parsed,
  Offers extends readonly AnyCapability[],
> extends Omit<ComponentInfo, 'kind' | 'properties' | 'offers'> {
  readonly properties: PropertiesSchema<Properties, Parsed>;
  readonly offers: Offers;
  /**
   * Function that constructs it in the user's stead; findings name the line that called it.
   * @default - findings name the line with `new`
   */
  readonly constructedBy?: Callee;
  /**
   * Name of the component's objects, of whatever traits and scopes make for it too.
   * @default - its construct id
   */
  nameOf?(properties: NoInfer<Parsed>): string | undefined;
  /**
   * Adds the component's objects, and returns the facet of each capability that it offers. What it throws is a finding about
   * this component alone.
   */
  build(component: Component<Offers[number]['name']>, properties: Parsed): FacetsOf<Offers>;
}

/** The class of a component type. */
export interface ComponentClass<Properties, Offers extends string> {
  new (
    parent: Construct,
    id: string,
    ...properties: {} extends Properties ? [properties?: Properties] : [properties: Properties]
  ): Component<Offers>;
  readonly definition: ComponentInfo;
}

/**
 * Makes a component type.
 *
 * @example
 * export class Cache extends defineComponent({
 *   name: 'cache', package: '@acme/components', summary: 'Keeps values in memory.',
 *   properties: propertiesOf<{ readonly size: string }>()({ size: z.string() }),
 *   offers: [Pods],
 *   build: (component, { size }) => ({ pods: ... }),
 * }) {}
 */
export function defineComponent<Properties, Parsed, const Offers extends readonly AnyCapability[]>(
  definition: ComponentDefinition<Properties, Parsed, Offers>,
): ComponentClass<Properties, Offers[number]['name']> {
  const info: ComponentInfo = {
    ...definition,
    kind: 'component',
    offers: definition.offers.map(({ name }) => name),
  };
  const written = definition.constructedBy?.name ?? codeName(info);
  return class Defined extends Component<Offers[number]['name']> {
    static readonly definition = info;

    constructor(parent: Construct, id: string, properties?: Properties) {
      super(parent, freeId(parent, id));
      const { constructedBy } = definition;
      const origin = constructedBy === undefined ? originOfNew(new.target, Defined) : originOf(constructedBy);
      checkId(this, id, origin);
      const parsed = parseProperties(definition.properties, properties ?? {}, {
        definition: written,
        origin,
      });
      componentState.set(this, { info, origin, built: parsed.ok, attachments: [], connections: [] });
      if (!parsed.ok) {
        for (const each of parsed.findings(this.node.path)) compositionOf(this).report(each);
        return;
      }
      try {
        const name = definition.nameOf?.(parsed.value);
        if (name !== undefined) componentName.set(this, name);
        const facets: Record<string, unknown> = definition.build(this, parsed.value);
        for (const capability of definition.offers) capability.implement(this, facets[capability.name]);
      } catch (error) {
        reportFailure(this, error);
      }
    }
  };
}

function isTarget(value: unknown): value is Component | ComponentReference {
  return Component.isComponent(value) || isComponentReference(value);
}

function isAddresses(value: unknown): value is ConnectionAddresses {
  const isObject = typeof value === 'object' && value !== null && !isTarget(value);
  return isObject && Object.keys(value).length > 0;
}

function notConnectable(
  { node: { path } }: Component,
  { target, options: { env }, origin }: Omit<Connection, 'target'> & { readonly target: unknown },
): Finding {
  const isEarly = target === undefined;
  const gets = isEarly ? 'a field that has no value yet' : 'something that is not a component';
  return finding({
    code: 'connection-target-missing',
    path,
    origins: [origin],
    written: `connectTo() gets ${gets}${typeof env === 'string' ? ` for \`${env}\`` : ''}`,
    allowed: 'a component, or `from(Other).field` of another application',
    fix: isEarly
      ? 'Declare that field above this line: fields get their values from top to bottom.'
      : 'Name the component.',
  });
}

/** What building a component threw, as findings about its line. Traits pass it by: it has no facets. */
function reportFailure(component: Component, error: unknown): void {
  const state = componentState.get(component);
  if (state !== undefined) componentState.set(component, { ...state, built: false });
  const source = sourceLine(state?.origin);
  for (const each of findingsOf(error, component.node.path, state?.origin)) {
    const sources = each.sources.length === 0 && source !== undefined ? [source] : each.sources;
    compositionOf(component).report({ ...each, sources });
  }
}

/** The id, or one that is free when the parent has a child of that id already. */
function freeId(parent: Construct, id: string): string {
  const wanted = id === '' ? 'unnamed' : id.replaceAll('/', '--');
  return parent.node.tryFindChild(wanted) === undefined ? wanted : freeId(parent, `${wanted}-again`);
}

function checkId(component: Component, id: string, origin: Origin): void {
  if (component.node.id === id) return;
  const path = component.node.scope?.node.path ?? '';
  compositionOf(component).report(
    id === '' || id.includes('/')
      ? nameInvalid(component.node.path, id, [origin])
      : finding({
          code: 'component-duplicate',
          path: path === '' ? id : `${path}/${id}`,
          origins: [
            componentState.get(component.node.scope?.node.tryFindChild(id) ?? component)?.origin,
            origin,
          ],
          written: `\`${id}\` is constructed twice`,
          allowed: 'one component of an id in an application',
          fix: 'Give one of them another id.',
        }),
  );
}

import * as checks from '@strake/checks';
import * as components from '@strake/components';
import * as core from '@strake/core';
import {
  Application,
  Component,
  defineOperations,
  Platform,
  render,
  type Finding,
  type JsonValue,
  type RenderedApplication,
  type Scope,
  type Trait,
} from '@strake/core';
import * as traits from '@strake/traits';
import * as prometheus from '@strake/traits/prometheus';
import type { Construct } from 'constructs';
import type { CatalogEntry } from '../../../packages/strake/src/catalog/catalog-entry.ts';
import type { ExportedDefinition } from './modules.ts';

/** What an example comes to. */
export interface RenderedExample {
  /** What is rendered without the definition. */
  readonly before: readonly RenderedApplication[];
  readonly after: readonly RenderedApplication[];
  /** What a scope finds in the application that it is shown on. */
  readonly findings: readonly Finding[];
  /** The expressions that make what the definition is shown on. */
  readonly setting: readonly string[];
}

type Example = NonNullable<CatalogEntry['example']>;

/** Components that traits are shown on. */
const COMPONENTS: Readonly<Record<string, string>> = {
  WebService: `new WebService(this, 'web', { image: 'ghcr.io/acme/web:1.4.2', ports: { http: 8080 } })`,
  StatefulService: `new StatefulService(this, 'store', {
    image: 'redis:7.4.1',
    ports: { redis: 6379 },
    storage: { path: '/data', size: '1Gi' },
  })`,
  Task: `new Task(this, 'migrate', { image: 'ghcr.io/acme/migrate:1.4.2' })`,
  Worker: `new Worker(this, 'mailer', { image: 'ghcr.io/acme/mailer:1.0.0' })`,
  CronTask: `new CronTask(this, 'report', { image: 'ghcr.io/acme/report:1.0.0', schedule: '@daily' })`,
  Daemon: `new Daemon(this, 'agent', { image: 'ghcr.io/acme/agent:1.0.0' })`,
};

/** What must be attached so that a scope has something to act on. */
const ATTACHED: Readonly<Record<string, string>> = {
  gateway: `ingress({ hosts: ['shop.example.com'] })`,
  observability: `metrics({ port: 'http' })`,
};

/** Renders a definition's example. Throws where it is no example, or has errors. */
export function renderExample(definition: ExportedDefinition, example: Example): RenderedExample {
  switch (definition.info.kind) {
    case 'component':
      return renderComponent(definition, example);
    case 'trait':
      return renderTrait(definition, example);
    case 'scope':
      return renderScope(definition, example);
  }
}

function renderComponent(definition: ExportedDefinition, { code }: Example): RenderedExample {
  const { applications } = renderCart((parent) => evaluate(code, definition, parent), {
    permitted: UNSUPPLIED,
  });
  return { before: [], after: applications, findings: [], setting: [] };
}

function renderTrait(definition: ExportedDefinition, { code, component = 'WebService' }: Example) {
  const made = COMPONENTS[component] ?? '';
  const rendered = (isAttached: boolean) =>
    renderCart((parent) => {
      const host = evaluate(made, definition, parent);
      if (isAttached && Component.isComponent(host)) host.attach(evaluate(code, definition) as Trait<never>);
    }).applications;
  return { before: rendered(false), after: rendered(true), findings: [], setting: [made] };
}

function renderScope(definition: ExportedDefinition, { code }: Example): RenderedExample {
  const { info } = definition;
  const claims = info.kind === 'scope' && (info.supplies ?? []).includes('secret');
  const attached = ATTACHED[definition.export];
  const make = (parent: Application) => {
    const database = evaluate(COMPONENTS['StatefulService'] ?? '', definition, parent);
    const web = evaluate(COMPONENTS['WebService'] ?? '', definition, parent);
    if (!Component.isComponent(database) || !Component.isComponent(web)) return;
    web.connectTo(database, { env: 'REDIS_ADDR' });
    if (attached !== undefined) web.attach(evaluate(attached, definition) as Trait<never>);
    if (claims) evaluate(CLAIM, definition, parent);
  };
  const setting = [
    `\`web\`, a \`WebService\` that calls \`store\`, a \`StatefulService\``,
    ...(attached === undefined ? [] : [`\`${attached}\` on \`web\``]),
    ...(claims ? [`\`${CLAIM}\``] : []),
  ];
  const supplied = evaluate(code, definition) as Scope;
  const { applications: before } = renderCart(make, { permitted: UNSUPPLIED });
  const inputs = inputsOf(definition);
  const { applications: after, findings } = renderCart(make, { supplied, inputs, permitted: isAboutTheShop });
  return { before, after, findings, setting };
}

const CLAIM = `new SecretClaim(this, 'store-password', { keys: ['password'] })`;

/** A data file for scopes that read sealed secrets; nobody can unseal its value. */
function inputsOf({ info }: ExportedDefinition): ReadonlyMap<string, JsonValue> {
  if (info.kind !== 'scope' || info.inputs === undefined) return new Map();
  const sealed = Buffer.concat([Buffer.from([1, 0]), Buffer.alloc(256 + 32, 'sealed')]).toString('base64');
  const file = {
    name: 'store-password',
    namespace: 'cart',
    scope: 'strict',
    encryptedData: { password: sealed },
  };
  return new Map([[`${info.inputs}/production/cart/store-password`, file]]);
}

interface Setting {
  readonly supplied?: Scope;
  readonly inputs?: ReadonlyMap<string, JsonValue>;
  /** Errors that are no fault of the example. */
  permitted?(finding: Finding): boolean;
}

/** A claim that no scope fulfils. */
const UNSUPPLIED = ({ code }: Finding) => code === 'claim-unsupplied';

/** What a scope finds in the application, and not in what it is given itself. */
function isAboutTheShop({ code, path }: Finding): boolean {
  return (
    (path === 'cart' || path.startsWith('cart/')) &&
    !code.startsWith('property-') &&
    !code.startsWith('config-')
  );
}

function renderCart(
  make: (parent: Application) => unknown,
  { supplied, inputs, permitted = () => false }: Setting = {},
) {
  class Made extends Application {
    constructor(parent: Construct, id: string) {
      super(parent, id);
      make(this);
    }
  }
  const platform = new Platform('acme', {
    environments: { production: { tier: 'production', cluster: 'eu-1', kubernetes: '1.34' } },
  });
  const { applications, findings } = render(
    {
      project: 'cart',
      applications: { cart: Made },
      operations: [defineOperations(Made, () => {})],
      platform: supplied === undefined ? platform : platform.supply(supplied),
      ownsPlatform: true,
    },
    inputs === undefined ? {} : { inputs },
  );
  const errors = findings.filter((each) => each.severity === 'error' && !permitted(each));
  if (errors.length > 0) throw new Error(errors.map(said).join('\n'));
  return { applications, findings };
}

function said({ code, path, written, allowed }: Finding): string {
  return `${code} ${path}: ${written}; ${allowed}`;
}

const VOCABULARY: Readonly<Record<string, unknown>> = {
  ...core,
  ...checks,
  ...prometheus,
  ...traits,
  ...components,
};

/** The value of an expression that may use what Strake exports; `parent` is its `this`. */
function evaluate(code: string, definition: ExportedDefinition, parent?: Application): unknown {
  const names = { ...VOCABULARY, [definition.export]: definition.value };
  // oxlint-disable-next-line typescript/no-implied-eval -- examples are code of the packages' own docblocks
  return new Function(...Object.keys(names), `return ${code}`).apply(parent, Object.values(names));
}

/** The properties that an example gives. */
export function exampleProperties({ kind, export: name = '', example }: CatalogEntry): unknown {
  let given: unknown;
  const take =
    kind === 'component'
      ? function take(_parent: unknown, _id: unknown, properties: unknown) {
          given = properties;
        }
      : (properties: unknown) => void (given = properties);
  const names: Readonly<Record<string, unknown>> = { ...VOCABULARY, [name]: take };
  // oxlint-disable-next-line typescript/no-implied-eval -- as above
  new Function(...Object.keys(names), `return ${example?.code}`).apply({}, Object.values(names));
  return given ?? {};
}

/** The modules, besides the definition's own, that an example imports from, each with what it imports. */
export function importsOf(code: string, own: string): ReadonlyMap<string, readonly string[]> {
  const modules = { '@strake/checks': checks, '@strake/components': components, '@strake/core': core };
  const found = Object.entries(modules).map(([module, exported]): [string, string[]] => [
    module,
    Object.keys(exported).filter(
      (name) => name !== own && new RegExp(`(?<![\\w'/-]|(?<!\\.\\.)\\.)${name}(?=[({,\\])])`).test(code),
    ),
  ]);
  return new Map(found.filter(([, names]) => names.length > 0));
}

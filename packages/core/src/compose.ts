import { ApiObject, App } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { Application } from './application.ts';
import { Exposed, Pods } from './capabilities.ts';
import { Component } from './component.ts';
import { componentState } from './component-state.ts';
import { composeFor, type Composition } from './composition.ts';
import type { ComponentFacts } from './facts.ts';
import { finding, StrakeError, type Finding } from './finding.ts';
import { missingHelm } from './missing-helm.ts';
import { isDnsLabel, nameInvalid } from './names.ts';
import type { Operations } from './operations.ts';
import type { ApplicationClass } from './reference.ts';
import { sourceLine, sourceLineOfError, type Origin } from './source-line.ts';

/** One application, constructed and operated for one environment. */
export interface ComposedApplication extends Composition {
  readonly class: ApplicationClass;
  /** Undefined when its constructor threw. */
  readonly construct: Application | undefined;
  readonly components: readonly Component[];
}

/** Constructs an application and lets its operators attach what they attach. */
export function composeApplication(
  applicationClass: ApplicationClass,
  operations: readonly Operations[],
  composition: Composition,
): ComposedApplication {
  const root = new App();
  composeFor(root, composition);
  const construct = attempt(
    composition,
    undefined,
    () => new applicationClass(root, composition.application),
  );
  const composed = { ...composition, class: applicationClass, construct };
  if (construct === undefined) return { ...composed, components: [] };
  for (const { operate, origin } of operations) {
    const returned: unknown = attempt(composition, origin, () => operate(construct, composition.environment));
    if (isThenable(returned)) composition.report(asynchronous(composition.application, returned, origin));
  }
  const components = construct.node.findAll().filter((each) => Component.isComponent(each));
  for (const component of components) checkName(component, composition);
  return { ...composed, components };
}

/** Runs user code. What it throws becomes a finding that names the user's line. */
export function attempt<Result>(
  { application, report }: Pick<Composition, 'application' | 'report'>,
  origin: Origin | undefined,
  run: () => Result,
): Result | undefined {
  try {
    return run();
  } catch (error) {
    for (const each of findingsOf(error, application, origin)) report(each);
    return undefined;
  }
}

/** What a thrown value says, as findings. */
export function findingsOf(error: unknown, path: string, origin?: Origin): readonly Finding[] {
  if (StrakeError.is(error)) return error.findings;
  const source = (error instanceof Error ? sourceLineOfError(error) : undefined) ?? sourceLine(origin);
  const missing = missingHelm(error, path, source);
  if (missing !== undefined) return [missing];
  return [
    finding({
      code: 'config-failed',
      path,
      sources: source === undefined ? [] : [source],
      written: `it threw ${thrownText(error)}`,
      allowed: 'code that runs to its end',
      fix: 'Correct the code at that line.',
    }),
  ];
}

/** What a thrown value says of itself, in one short line. Even that can throw. */
function thrownText(error: unknown): string {
  try {
    const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    const [line = ''] = text.slice(0, 1000).split('\n', 1);
    return line.length > 200 ? `${line.slice(0, 197)}...` : line;
  } catch {
    return 'a value that cannot be shown';
  }
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}

/** What is attached after the render has gone on is lost, and what is thrown there belongs to nobody. */
function asynchronous(path: string, promise: PromiseLike<unknown>, origin: Origin | undefined): Finding {
  promise.then(undefined, () => {});
  return finding({
    code: 'config-invalid',
    path,
    origins: [origin],
    written: 'the operations are asynchronous',
    allowed: 'a function that has attached everything when it returns',
    fix: 'Load what they need before defineConfig(), at the top of the file.',
  });
}

function checkName(component: Component, { report }: Composition): void {
  if (isDnsLabel(component.name)) return;
  report(nameInvalid(component.node.path, component.name, [componentState.get(component)?.origin]));
}

/** What others may know of a composed application's components. */
export function componentFacts({ construct, components }: ComposedApplication): ComponentFacts[] {
  const fields = new Map(Object.entries(construct ?? {}).map(([field, value]) => [value, field]));
  return components.map((component) => {
    const field = fields.get(component);
    const { service, ports = [], host, addresses } = Exposed.tryOf(component) ?? {};
    const { labels = {}, adopted = false } = Pods.tryOf(component) ?? {};
    return {
      id: component.node.id,
      ...(field === undefined ? {} : { field }),
      name: service?.name ?? component.name,
      ...(host === undefined ? {} : { host }),
      ...(addresses === undefined ? {} : { addresses }),
      labels,
      ...(adopted && { adopted }),
      ports,
      capabilities: componentState.get(component)?.info.offers ?? [],
    };
  });
}

/** Every API object of an application with the component that it belongs to, in construct order. */
export function* apiObjects(
  construct: IConstruct,
  owner?: Component,
): Generator<{ readonly object: ApiObject; readonly owner: Component | undefined }> {
  const within = Component.isComponent(construct) ? construct : owner;
  if (ApiObject.isApiObject(construct)) yield { object: construct, owner: within };
  for (const child of construct.node.children) yield* apiObjects(child, within);
}

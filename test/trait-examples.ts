import type { Trait, TraitInfo } from '@strake/core';
import * as traits from '@strake/traits';
import * as certManager from '@strake/traits/cert-manager';
import * as flagger from '@strake/traits/flagger';
import * as gateway from '@strake/traits/gateway';
import * as istio from '@strake/traits/istio';
import * as keda from '@strake/traits/keda';
import * as opentelemetry from '@strake/traits/opentelemetry';
import * as prometheus from '@strake/traits/prometheus';
import { readdirSync, readFileSync } from 'node:fs';

/** Everything that `@strake/traits` and its subpaths export, by name. */
export const TRAIT_EXPORTS: Readonly<Record<string, unknown>> = {
  ...traits,
  ...certManager,
  ...flagger,
  ...gateway,
  ...istio,
  ...keda,
  ...opentelemetry,
  ...prometheus,
};

/** A trait as the documentation of its factory shows it. */
export interface TraitExample {
  /** Name of the exported factory. */
  readonly factory: string;
  /** The component type that the example says it is for. */
  readonly component: string;
  readonly code: string;
  make(): Trait<never>;
  /** What the factory is called with. */
  properties(): unknown;
}

const SOURCES = new URL('../packages/traits/src/', import.meta.url);

/** What stands in the documentation of each factory of `@strake/traits`, by the file that it is in. */
export function traitExamples(): readonly TraitExample[] {
  return readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .toSorted()
    .flatMap((file) => examplesIn(readFileSync(new URL(file, SOURCES), 'utf8')));
}

/** The names of all exported factories. */
export function traitFactories(): readonly string[] {
  return Object.keys(TRAIT_EXPORTS)
    .filter((name) => definitionOf(name) !== undefined)
    .toSorted();
}

/** What is known of a trait type by the name of its factory. */
export function definitionOf(factory: string): TraitInfo | undefined {
  const exported = TRAIT_EXPORTS[factory];
  return typeof exported === 'function' && 'definition' in exported
    ? (exported.definition as TraitInfo)
    : undefined;
}

function examplesIn(text: string): TraitExample[] {
  const blocks = text.matchAll(/\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\nexport const (\w+): TraitFactory</g);
  return [...blocks].map(([, doc = '', factory = '']) => {
    const [, component = '', source = ''] =
      /@example *(\w*)\n([\s\S]*)$/.exec(doc.replaceAll(/^ *\* ?/gm, '')) ?? [];
    const code = source.trim();
    const argument = code.slice(code.indexOf('(') + 1, code.lastIndexOf(')'));
    return {
      factory,
      component,
      code,
      make: () => evaluated(code),
      properties: () => (argument === '' ? undefined : evaluated(argument)),
    };
  });
}

/** The value of an expression that may name what `@strake/traits` exports. */
function evaluated(code: string): Trait<never> {
  // oxlint-disable-next-line typescript/no-implied-eval -- examples are code, and only running them shows that they work
  const evaluate = new Function(...Object.keys(TRAIT_EXPORTS), `return ${code}`);
  return evaluate(...Object.values(TRAIT_EXPORTS));
}

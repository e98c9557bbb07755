import { join } from 'node:path';
import { API, type Checker, SignatureKind, type Symbol as Named, type Type } from 'typescript/unstable/sync';
import type { PropertySchema } from '../../../packages/strake/src/catalog/property-schema.ts';
import { ROOT } from '../../files.ts';

/** What the docblock of an exported definition says. */
export interface Docblock {
  /** All but the example, paragraphs apart by an empty line. */
  readonly text: string;
  readonly example?: { readonly code: string; readonly component?: string };
}

/** The documentation that stands in the sources of the packages. */
export interface Documentation {
  docblock(source: string, exported: string): Docblock;
  /** The schema of a definition's properties, with what its interfaces say of each property. */
  described(source: string, exported: string, schema: PropertySchema): PropertySchema;
}

/** Reads the sources with the compiler, and closes it when `use` is done. */
export function withDocumentation<Result>(use: (documentation: Documentation) => Result): Result {
  const api = new API({ cwd: ROOT });
  try {
    const configuration = join(ROOT, 'tsconfig.check.json');
    const snapshot = api.updateSnapshot({ openProjects: [configuration] });
    const project = snapshot.getProject(configuration);
    if (project === undefined) throw new Error('there is no project');
    const { program, checker } = project;
    const exportOf = (source: string, name: string): Named => {
      const file = program.getSourceFile(source);
      const module = file && checker.getSymbolAtLocation(file);
      const found = module && checker.getExportsOfModule(module).find((each) => each.name === name);
      if (found === undefined) throw new Error(`${source} exports no ${name}`);
      return checker.getAliasedSymbol(found);
    };
    const reader = new TypeReader(checker);
    return use({
      docblock: (source, name) => docblockOf(exportOf(source, name), checker),
      described: (source, name, schema) => ({
        ...reader.described(schema, reader.propertiesOf(exportOf(source, name))),
      }),
    });
  } finally {
    api.close();
  }
}

function docblockOf(symbol: Named, checker: Checker): Docblock {
  const tag = symbol.getJsDocTags(checker).find(({ name }) => name === 'example');
  const text = paragraphs(symbol.getDocumentationComment(checker));
  if (tag === undefined) return { text };
  const [, component, code = ''] = /^(?:(\w+)\n)?([\s\S]*)$/.exec((tag.text ?? '').trim()) ?? [];
  return { text, example: { code: code.trim(), ...(component !== undefined && { component }) } };
}

/** Each paragraph on one line. */
function paragraphs(text: string): string {
  return text
    .trim()
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.replaceAll(/\s*\n\s*/g, ' '))
    .join('\n\n');
}

/** Walks schemas and the TypeScript types of the same values side by side. */
class TypeReader {
  readonly checker: Checker;
  readonly documented = new Map<Named, PropertySchema>();

  constructor(checker: Checker) {
    this.checker = checker;
  }

  /** The properties' type of a trait's or scope's factory, or of a component's class. */
  propertiesOf(symbol: Named): readonly Type[] {
    const type = this.checker.getTypeOfSymbol(symbol);
    if (type === undefined) return [];
    const [constructor] = this.checker.getSignaturesOfType(type, SignatureKind.Construct);
    if (constructor !== undefined) return this.members(this.checker.getParameterType(constructor, 2));
    return this.members(type.isTypeReference() ? this.checker.getTypeArguments(type)[0] : undefined);
  }

  described(schema: PropertySchema, types: readonly Type[]): PropertySchema {
    const { properties, items, additionalProperties, anyOf, oneOf, allOf } = schema;
    const each = (schemas: readonly PropertySchema[]) => {
      const said = schemas.filter(({ properties: named }) => named !== undefined);
      const taken = said.flatMap((variant) => this.variants(variant, types));
      const left = types.filter((type) => !taken.includes(type));
      return schemas.map((variant) =>
        this.described(variant, isUnsaid(variant) ? left : this.variants(variant, types)),
      );
    };
    if (isUnsaid(schema)) return { ...schema, 'x-type': this.text(types) };
    return {
      ...schema,
      ...(properties !== undefined && { properties: this.propertiesIn(properties, types) }),
      ...(items !== undefined && { items: this.described(items, this.elements(types)) }),
      ...(typeof additionalProperties === 'object' && {
        additionalProperties: this.described(additionalProperties, this.values(types)),
      }),
      ...(anyOf !== undefined && { anyOf: each(anyOf) }),
      ...(oneOf !== undefined && { oneOf: each(oneOf) }),
      ...(allOf !== undefined && { allOf: each(allOf) }),
    };
  }

  private propertiesIn(properties: Readonly<Record<string, PropertySchema>>, types: readonly Type[]) {
    return Object.fromEntries(
      Object.entries(properties).map(([name, schema]) => {
        const found = this.properties(types, name);
        const inner = found.flatMap((symbol) => this.members(this.checker.getTypeOfSymbol(symbol)));
        const [said] = found.map((symbol) => this.documentedAs(symbol));
        const [fallback] = inner.flatMap((type) => this.documentationOf(type));
        return [
          name,
          {
            ...(fallback !== undefined && { description: fallback }),
            ...said,
            ...this.described(schema, inner),
          },
        ];
      }),
    );
  }

  private properties(types: readonly Type[], name: string): Named[] {
    return types.flatMap((type) => {
      const symbol = isPlain(type) ? this.checker.getPropertyOfType(type, name) : undefined;
      return symbol === undefined ? [] : [symbol];
    });
  }

  private documentedAs(symbol: Named): PropertySchema {
    const known = this.documented.get(symbol);
    if (known !== undefined) return known;
    const description = paragraphs(symbol.getDocumentationComment(this.checker)).replaceAll('\n\n', ' ');
    const fallback = symbol.getJsDocTags(this.checker).find(({ name }) => name === 'default')?.text;
    const said = { ...(description !== '' && { description }), ...defaultOf(fallback) };
    this.documented.set(symbol, said);
    return said;
  }

  /** What the docblock of an interface of ours says, for properties that say nothing themselves. */
  private documentationOf(type: Type): string[] {
    const symbol = type.getAliasSymbol() ?? (type.isObjectType() ? type.getSymbol() : undefined);
    if (symbol?.name.endsWith('Properties') !== true) return [];
    const text = paragraphs(symbol.getDocumentationComment(this.checker)).replaceAll('\n\n', ' ');
    return text === '' ? [] : [text];
  }

  /** Of a union's types, those that a variant of the schema means. */
  private variants(variant: PropertySchema, types: readonly Type[]): readonly Type[] {
    const names = Object.keys(variant.properties ?? {});
    if (names.length === 0) return variant.type === 'array' ? types.filter((each) => !isPlain(each)) : types;
    const fitting = types.filter((type) =>
      names.every((name) => {
        const [symbol] = this.properties([type], name);
        const expected = variant.properties?.[name]?.const;
        return symbol !== undefined && (expected === undefined || this.isLiteral(symbol, expected));
      }),
    );
    return fitting.length === 0 ? types : fitting;
  }

  private isLiteral(symbol: Named, value: unknown): boolean {
    return this.members(this.checker.getTypeOfSymbol(symbol)).some(
      (each) => this.checker.typeToString(each).replaceAll(/^['"]|['"]$/g, '') === String(value),
    );
  }

  private elements(types: readonly Type[]): Type[] {
    return types.flatMap((type) =>
      type.isTypeReference() && this.checker.isArrayLikeType(type)
        ? this.members(this.checker.getTypeArguments(type)[0])
        : [],
    );
  }

  private values(types: readonly Type[]): Type[] {
    return types
      .filter(isPlain)
      .flatMap((type) =>
        this.checker.getIndexInfosOfType(type).flatMap(({ valueType }) => this.members(valueType)),
      );
  }

  /** The types of a union without undefined, or the type itself. */
  private members(type: Type | undefined): Type[] {
    if (type === undefined) return [];
    if (type.isUnionType()) return (type.getTypes() ?? []).flatMap((each) => this.members(each));
    return this.checker.typeToString(type) === 'undefined' ? [] : [type];
  }

  private text(types: readonly Type[]): string {
    return [...new Set(types.map((type) => this.checker.typeToString(type)))]
      .join(' | ')
      .replaceAll('"', "'");
  }
}

/** A value of which the schema says nothing, because only code can check it. */
function isUnsaid(schema: PropertySchema): boolean {
  return Object.keys(schema).every((key) => key === '$comment' || key === 'default');
}

function isPlain(type: Type): boolean {
  return type.isObjectType() || type.isIntersectionType();
}

/** `- words`, or a literal as TypeScript writes it. */
function defaultOf(text: string | undefined): Pick<PropertySchema, 'default' | 'x-default'> {
  if (text === undefined) return {};
  const line = text.replaceAll(/\s*\n\s*/g, ' ').trim();
  if (line.startsWith('- ')) return { 'x-default': line.slice(2) };
  try {
    return { default: JSON.parse(line.replaceAll("'", '"')) };
  } catch {
    return { 'x-default': line };
  }
}

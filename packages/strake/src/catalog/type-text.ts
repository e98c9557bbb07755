import type { PropertySchema } from './property-schema.ts';

/** What a schema accepts, in the words of TypeScript: `'TCP' | 'UDP'`, `string[]`, `Record<string, integer>`. */
export function typeText(schema: PropertySchema): string {
  const written = schema['x-type'];
  if (written !== undefined) return written;
  if (schema.const !== undefined) return literal(schema.const);
  if (schema.enum !== undefined) return union(schema.enum.map(literal));
  const variants = schema.anyOf ?? schema.oneOf;
  if (variants !== undefined) return union(variants.map(typeText));
  if (schema.allOf !== undefined) return [...new Set(schema.allOf.map(typeText))].join(' & ');
  if (schema.type === 'array') return listText(schema.items ?? {});
  if (schema.type === 'object') return objectText(schema);
  return typeof schema.type === 'object' ? union(schema.type) : (schema.type ?? 'any');
}

function listText(items: PropertySchema): string {
  const text = typeText(items);
  return text.includes(' ') && !text.startsWith('Record<') ? `(${text})[]` : `${text}[]`;
}

function objectText({ properties, additionalProperties }: PropertySchema): string {
  if (properties !== undefined || typeof additionalProperties !== 'object') return 'object';
  return `Record<string, ${typeText(additionalProperties)}>`;
}

function union(texts: readonly string[]): string {
  return [...new Set(texts)].join(' | ');
}

function literal(value: unknown): string {
  return typeof value === 'string' ? `'${value}'` : JSON.stringify(value);
}

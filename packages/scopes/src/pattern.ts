import * as z from 'zod';

const TOKEN = /\{([^{}]*)\}/g;

/** The schema of a text with names in braces, of those that are known. */
export function patternSchema(known: readonly string[]): z.ZodType<string, string> {
  return z
    .string()
    .min(1)
    .refine(
      (pattern) => [...pattern.matchAll(TOKEN)].every(([, name = '']) => known.includes(name)),
      `a text with ${known.map((name) => `\`{${name}}\``).join(', ')}`,
    );
}

/** The text of a pattern with the values of its names. */
export function filled(pattern: string, values: Readonly<Record<string, string>>): string {
  return pattern.replaceAll(TOKEN, (token, name: string) => values[name] ?? token);
}

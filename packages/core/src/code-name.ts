import type { Layer, Writer } from './writes/write.ts';

/**
 * What a definition is called where it is used: the component `web-service` is the class `WebService`, the trait or scope
 * `scaled-object` the function `scaledObject`. A name that is not in kebab-case is said as it is.
 */
export function codeName({ kind, name }: { readonly kind: Layer; readonly name: string }): string {
  if (/[A-Z]/.test(name)) return name;
  const joined = name.replaceAll(/-+([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
  return kind === 'component' ? joined.replace(/^[a-z]/, (letter) => letter.toUpperCase()) : joined;
}

/** The definition that wrote something, as findings name it. */
export function writerName({ layer, definition }: Pick<Writer, 'layer' | 'definition'>): string {
  return `\`${codeName({ kind: layer, name: definition })}\``;
}

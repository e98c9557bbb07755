/**
 * Paths that were sent and that the server did not keep: it drops fields of features that are switched off without a
 * word. Values are not compared, for the server writes quantities its own way; empty ones it may leave out.
 */
export function lostFields(sent: unknown, kept: unknown, path = ''): string[] {
  if (isEmpty(sent)) return [];
  if (typeof sent !== 'object' || sent === null) return kept === undefined || kept === null ? [path] : [];
  if (typeof kept !== 'object' || kept === null) return [path];
  const values = new Map(Object.entries(kept));
  return Object.entries(sent).flatMap(([key, value]) => lostFields(value, values.get(key), `${path}/${key}`));
}

function isEmpty(value: unknown): boolean {
  if (typeof value === 'object' && value !== null) return Object.values(value).every(isEmpty);
  return value === undefined || value === null || value === false || value === 0 || value === '';
}

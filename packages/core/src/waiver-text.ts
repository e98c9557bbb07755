/** The waiver that would permit a finding about an object, as it is written in `rules({ waive: [...] })`. */
export function waiverText(
  rule: string,
  { application, object }: { readonly application: string; readonly object: string },
): string {
  const place = `application: ${quoted(application)}, object: ${quoted(object)}`;
  return `{ rule: ${quoted(rule)}, ${place}, reason: '...', until: 'YYYY-MM-DD' }`;
}

function quoted(text: string): string {
  return `'${text.replaceAll(/['\\]/g, '\\$&')}'`;
}

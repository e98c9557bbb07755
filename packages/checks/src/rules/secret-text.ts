/** Names that say that what they hold is secret. */
const SECRET_NAME =
  /(?:^|[^a-z])(?:pass(?:word|wd|phrase)?|pwd|secret|token|credentials?|api[-_.]?key|(?:private|secret|access|signing|encryption)[-_.]?key)$/i;

/** Texts that are secret whatever they are called: private keys, and tokens of a known form. */
const SECRET_TEXTS: readonly (readonly [string, RegExp])[] = [
  ['a private key', /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/],
  ['an AWS access key', /\bAKIA[0-9A-Z]{16}\b/],
  ['a GitHub token', /\b(?:gh[pousr]_[A-Za-z0-9]{30}|github_pat_[A-Za-z0-9_]{30})/],
  ['a GitLab token', /\bglpat-[A-Za-z0-9_-]{20}/],
  ['a Slack token', /\bxox[abprs]-[A-Za-z0-9-]{10}/],
  ['a signed token', /\beyJ[A-Za-z0-9_-]{8,500}\.eyJ[A-Za-z0-9_-]{8,5000}\.[A-Za-z0-9_-]{8}/],
  ['a password in an address', /\b[a-z][a-z0-9+.-]{0,30}:\/\/[^\s:@/]*:(?![$<{])[^\s@/]+@/i],
];

/** What all those texts contain, so that most texts are looked through once and not seven times. */
const MARK = /PRIVATE KEY|AKIA|gh[pousr]_|github_pat_|glpat-|xox[abprs]-|eyJ|:\/\//;

/** Values of names that sound secret and are none: switches, numbers, paths, and references to other variables. */
const NO_SECRET = /^(?:|true|false|yes|no|on|off|none|null|\d+[a-z]*|\.{0,2}\/.*|\$[({].*|file:.*)$/i;

/** What kind of secret an entry holds; undefined where it looks like none. The value is never part of it. */
export function secretIn(name: string, text: string): string | undefined {
  const known = MARK.test(text) ? SECRET_TEXTS.find(([, pattern]) => pattern.test(text)) : undefined;
  if (known !== undefined) return known[0];
  const named = name.replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2');
  return SECRET_NAME.test(named) && !NO_SECRET.test(text.trim())
    ? 'a value that is secret by its name'
    : undefined;
}

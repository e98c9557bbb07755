import { expect, test } from 'vitest';
import { maskedText, withoutSecretsInText } from './masked-text.ts';
import { valueChanges } from './value-changes.ts';

const shown = (kind: string, after: object) =>
  valueChanges({ apiVersion: 'v1', kind }, {}, { ...after }).map((each) =>
    maskedText(each.after, each, kind),
  );

test('no value of a Secret is shown, whatever it is called and however deep the change is', () => {
  const secret = { data: { level: 'aHVzaA==' }, stringData: { level: 'hush' } };
  expect(shown('Secret', secret)).toEqual(['{"level":"(masked)"}', '{"level":"(masked)"}']);
  const [change] = valueChanges(
    { apiVersion: 'v1', kind: 'Secret' },
    { data: { a: '1' } },
    { data: { a: '2' } },
  );
  expect(change && maskedText(change.after, change, 'Secret')).toBe('"(masked)"');
});

test('what is named like a secret is not shown, as an entry or as a variable', () => {
  expect(shown('ConfigMap', { data: { DB_PASSWORD: 'hush', level: 'info' } })).toEqual([
    '{"DB_PASSWORD":"(masked)","level":"info"}',
  ]);
  expect(shown('Pod', { env: [{ name: 'API_TOKEN', value: 'hush' }] })).toEqual([
    '[{"name":"API_TOKEN","value":"(masked)"}]',
  ]);
});

test('what is about a secret and holds none is shown', () => {
  const spec = {
    secretName: 'tls',
    automountServiceAccountToken: false,
    secretKeyRef: { name: 'a', key: 'b' },
  };
  expect(shown('Pod', spec)).toEqual(['"tls"', 'false', '{"name":"a","key":"b"}']);
});

test('passwords in addresses and arguments are hidden in any text', () => {
  expect(withoutSecretsInText('at postgres://me:hush@db/x with --password=hush --level=info')).toBe(
    'at postgres://me:(masked)@db/x with --password=(masked) --level=info',
  );
});

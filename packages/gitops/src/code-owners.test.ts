import { Platform } from '@strake/core';
import { expect, test } from 'vitest';
import { codeOwners } from './code-owners.ts';
import { plan } from './plan.ts';

const environments = { staging: {}, production: {} };
const owned = new Platform('acme', {
  environments,
  owners: ['@acme/platform'],
  applications: { shop: { owners: ['@acme/shop', 'shop@acme.example'] }, cart: { owners: ['@acme/cart'] } },
});

test('names the owners of all folders, those of the agent last to nobody but the platform', () => {
  expect(codeOwners(owned)).toEqual({
    path: 'CODEOWNERS',
    findings: [],
    contents: `# Strake writes this file from the owners that the platform names; change them there.
/CODEOWNERS @acme/platform
/clusters/ @acme/platform
/environments/*/cart/ @acme/cart
/images/*/cart/ @acme/cart
/environments/*/platform/ @acme/platform
/environments/*/shop/ @acme/shop shop@acme.example
/images/*/shop/ @acme/shop shop@acme.example
`,
  });
});

test("is written by the platform's home alone, when it renders everything, and removed by nobody", () => {
  const paths = (options: object) =>
    plan('acme', [], { platform: owned, ...options }).files.map(({ path }) => path);
  expect(paths({ whole: true, ownsPlatform: true })).toEqual(['CODEOWNERS']);
  expect(paths({ whole: true })).toEqual([]);
  expect(paths({ ownsPlatform: true })).toEqual([]);
  const without = plan('acme', [], {
    whole: true,
    ownsPlatform: true,
    platform: new Platform('acme', { environments }),
  });
  expect(without).toMatchObject({ files: [], folders: ['environments', 'clusters'] });
});

test.each(['acme', '@acme/shop\n/ @mallory', '@acme shop', '', '# all'])('refuses the owner %j', (owner) => {
  const platform = new Platform('acme', { environments, owners: [owner] });
  expect(plan('acme', [], { platform, ownsPlatform: true, whole: true }).findings).toMatchObject([
    { code: 'property-invalid', path: 'platform/acme' },
  ]);
});

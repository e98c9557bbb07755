import { Application, Claim, Mountable } from '@strake/core';
import { App } from 'cdk8s';
import { expect, test } from 'vitest';
import { rendered } from '../../../test/rendered-shop.ts';
import { SecretClaim } from './secret-claim.ts';

test('makes no object: a scope supplies the Secret', () => {
  const { findings, objects } = rendered((shop) => new SecretClaim(shop, 'login', { keys: ['password'] }));
  expect(objects).toEqual([]);
  expect(findings).toMatchObject([{ code: 'claim-unsupplied', path: 'shop/login' }]);
});

test('offers the claim and the volume', () => {
  const shop = new Application(new App(), 'shop');
  const login = new SecretClaim(shop, 'login', { keys: ['password'] });
  expect(Claim.of(login)).toEqual({ kind: 'secret', name: 'login', keys: ['password'] });
  expect(Mountable.of(login)).toEqual({ volume: { secret: { secretName: 'login' } }, keys: ['password'] });
});

test('hands one key or all of them to an environment', () => {
  const shop = new Application(new App(), 'shop');
  const login = new SecretClaim(shop, 'login', { keys: ['password'] });
  expect(login.key('password')).toEqual({
    valueFrom: { secretKeyRef: { name: 'login', key: 'password' } },
  });
  expect(login.envFrom).toEqual({ secretRef: { name: 'login' } });
});

test('names a key that is asked of it and that it does not claim, at the line that asks', () => {
  const { findings } = rendered((shop) => {
    const login = new SecretClaim(shop, 'login', { keys: ['username', 'password'] });
    login.key('passwrd');
  });
  expect(findings.filter(({ code }) => code !== 'claim-unsupplied')).toMatchObject([
    {
      code: 'reference-unknown',
      path: 'shop/login',
      written: 'the key `passwrd`, which does not stand in `keys`',
      allowed: '`username`, `password`',
      fix: 'Did you mean `password`?',
      sources: [{ file: expect.stringMatching(/secret-claim\.test\.ts$/) }],
    },
  ]);
});

test('says nothing of the keys of a claim that is wrong itself', () => {
  const { findings } = rendered((shop) => new SecretClaim(shop, 'login', { keys: [] }).key('password'));
  expect(findings).toMatchObject([{ code: 'property-invalid' }]);
});

test.each([[[]], [['a b']], [['..']]])('rejects the keys %j', (keys) => {
  expect(rendered((shop) => new SecretClaim(shop, 'login', { keys })).findings).toContainEqual(
    expect.objectContaining({ code: 'property-invalid', path: 'shop/login' }),
  );
});

import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { planOf } from '../../../../test/laws/plans.ts';
import { temporary } from '../../../../test/temporary.ts';
import type { Plan } from '../plan.ts';
import { write } from '../write.ts';
import { planOfFolder } from './rendered-folder.ts';

const folder = temporary();
const TEXTS = { 'production/cart/web': 'A', 'staging/cart/web': 'A', 'staging/shop/web': 'A' };
const WEB = 'environments/production/cart/configmap-web.yaml';

function codes({ findings }: Plan): string[] {
  return findings.map(({ code, path }) => `${code} ${path}`);
}

test('gives the plan that was written, for the folders that it holds or for the whole project', () => {
  const whole = planOf('cart', TEXTS);
  write(whole, folder());
  expect(planOfFolder(folder(), { whole: true })).toEqual(whole);
  expect(planOfFolder(folder())).toEqual({
    ...whole,
    folders: ['environments/production/cart', 'environments/staging/cart', 'environments/staging/shop'],
  });
  const selected = planOfFolder(folder(), { whole: true, environments: ['staging'], applications: ['shop'] });
  expect(selected.folders).toEqual(['environments/staging/shop']);
  expect(selected.files.map(({ application }) => application)).toEqual(['shop', 'shop']);
});

test('refuses what is not there as it was rendered', () => {
  write(planOf('cart', TEXTS), folder());
  writeFileSync(join(folder(), WEB), 'by: hand\n');
  rmSync(join(folder(), 'environments/staging/cart/configmap-web.yaml'));
  expect(codes(planOfFolder(folder()))).toEqual([
    `file-edited ${WEB}`,
    'folder-incomplete environments/staging/cart/configmap-web.yaml',
  ]);
});

test('follows no link, reads no file that no inventory of the project names, and believes no path', () => {
  write(planOf('cart', TEXTS), folder());
  writeFileSync(join(folder(), 'environments/production/cart/secret.yaml'), 'kind: Secret\n');
  expect(planOfFolder(folder()).files.map(({ path }) => path)).not.toContain(
    'environments/production/cart/secret.yaml',
  );
  rmSync(join(folder(), WEB));
  symlinkSync('/etc/hostname', join(folder(), WEB));
  expect(codes(planOfFolder(folder()))).toEqual([`path-unsafe ${WEB}`]);
  const inventory = join(folder(), '.strake/cart.json');
  writeFileSync(inventory, readFileSync(inventory, 'utf8').replace(WEB, '../../etc/hostname'));
  expect(codes(planOfFolder(folder()))).toEqual(['inventory-invalid .strake/cart.json']);
});

test('asks which project where there are several, and says where there is none', () => {
  mkdirSync(join(folder(), 'empty'));
  expect(codes(planOfFolder(join(folder(), 'empty')))).toEqual(['folder-incomplete .strake']);
  write(planOf('cart', TEXTS), folder());
  write(planOf('other', { 'production/other/web': 'A' }), folder());
  expect(codes(planOfFolder(folder()))).toEqual(['folder-incomplete .strake']);
  expect(codes(planOfFolder(folder(), { project: 'third' }))).toEqual([
    'folder-incomplete .strake/third.json',
  ]);
  expect(planOfFolder(folder(), { project: 'other' }).files).toHaveLength(2);
});

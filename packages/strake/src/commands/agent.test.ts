import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { WebService } from '@strake/components';
import { Application, defineConfig, Platform, type Agent } from '@strake/core';
import { argocd } from '@strake/gitops/argocd';
import { flux } from '@strake/gitops/flux';
import { expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { ROOT } from '../../../../test/files.ts';
import { runOn } from '../../../../test/laws/in-process.ts';
import { temporary } from '../../../../test/temporary.ts';

class Hello extends Application {
  readonly web = new WebService(this, 'web', { image: 'nginx:1.27.1', ports: { http: 80 } });
}

const outer = temporary();
const url = 'https://github.com/acme/gitops';

function strake(agent: (() => Agent) | undefined, ...words: readonly string[]) {
  symlinkSync(join(ROOT, 'node_modules'), join(outer(), 'node_modules'));
  const platform = new Platform('acme', { environments: { staging: {}, production: { cluster: 'eu-1' } } });
  const base = { project: 'hello', applications: { hello: Hello }, platform };
  return runOn(() => defineConfig(agent ? { ...base, agent: agent() } : base), words, outer());
}

function names(text: string): string[] {
  return parseAllDocuments(text).map((document) => {
    const { kind, metadata } = document.toJS();
    return `${kind}/${metadata.name}`;
  });
}

test('prints what Flux needs once, for every environment', async () => {
  const { code, out, err } = await strake(() => flux({ url }), 'agent');
  expect(code).toBe(0);
  expect(names(out)).toEqual([
    'GitRepository/staging',
    'Kustomization/staging',
    'GitRepository/production',
    'Kustomization/production',
  ]);
  expect(out).toContain('# environment production, cluster eu-1\n');
  expect(out).toContain('path: ./clusters/eu-1/production\n');
  expect(err).toBe(
    'Apply this once where flux runs, for 2 environments; from then on flux syncs the repository, these objects included.\n',
  );
});

test('prints what Argo CD needs once, for one environment', async () => {
  const { code, out } = await strake(() => argocd({ url }), 'agent', '--env', 'production');
  expect({ code, names: names(out) }).toEqual({ code: 0, names: ['Application/production'] });
});

test('prints for machines what it prints for kubectl, and findings beside it', async () => {
  const { code, out, err } = await strake(() => flux({ url }), 'agent', '--json', '--env', 'production');
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(JSON.parse(out)).toMatchObject({
    environments: [
      {
        environment: 'production',
        cluster: 'eu-1',
        objects: [{ kind: 'GitRepository' }, { kind: 'Kustomization' }],
      },
    ],
    findings: [],
  });
});

test('says in JSON too what is wrong', async () => {
  const { code, out } = await strake(() => flux({ url }), 'agent', '--json', '--env', 'prodution');
  expect(code).toBe(2);
  expect(JSON.parse(out)).toMatchObject({ environments: [], findings: [{ code: 'environment-unknown' }] });
});

test.each([
  [undefined, [], 'config-invalid  strake.config.ts'],
  [() => flux({ url }), ['--env', 'prodution'], 'Did you mean `production`?'],
  [() => flux({ url: 'gitops' }), [], 'property-invalid  agent/flux'],
] as const)('says what is missing instead of printing half of it', async (agent, words, said) => {
  const { code, out, err } = await strake(agent, 'agent', ...words);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toContain(said);
});

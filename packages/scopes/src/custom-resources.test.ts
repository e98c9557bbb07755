import { existsSync, readFileSync } from 'node:fs';
import { SecretClaim, WebService, Worker } from '@strake/components';
import { Application, Platform, render, type KubernetesObject } from '@strake/core';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import { mesh, type MeshProperties } from './mesh.ts';
import { sealedSecrets, type SealedSecretsProperties } from './sealed-secrets.ts';

const CRDS = new URL('../../../../shared/crds/', import.meta.url);
const isThere = existsSync(CRDS);
if (!isThere)
  console.warn('Custom resources are not checked: ../shared/crds does not exist beside this repository.');

interface Schema {
  readonly [key: string]: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
}

/** The schema of a custom resource, in which no field is allowed that it does not name. */
function schemaOf({ apiVersion, kind }: KubernetesObject): z.ZodType {
  const [group, version] = apiVersion.split('/');
  const crd = parse(readFileSync(new URL(`${group}/${kind}.yaml`, CRDS), 'utf8'));
  const found = crd.spec.versions.find(({ name }: { readonly name: string }) => name === version);
  const { properties = {}, ...schema }: Schema = found.schema.openAPIV3Schema;
  const any = { type: 'object' };
  const whole = { apiVersion: { const: apiVersion }, kind: { const: kind }, metadata: any };
  return z.fromJSONSchema(strict({ ...schema, type: 'object', properties: { ...properties, ...whole } }));
}

/** Parts of a schema that say which fields exclude each other, or that JSON Schema does not have. */
const LEFT_OUT = new Set([
  'oneOf',
  'anyOf',
  'not',
  'nullable',
  'format',
  'x-kubernetes-preserve-unknown-fields',
]);

/** Kubernetes refuses unknown fields of an object whose fields are listed; JSON Schema allows them. */
function strict(schema: Schema): Schema {
  const isOpen = schema.properties === undefined || schema['x-kubernetes-preserve-unknown-fields'] === true;
  const kept = Object.entries(schema).filter(([key]) => !LEFT_OUT.has(key));
  const inner = Object.fromEntries(kept.map(([key, value]) => [key, strictPart(key, value)]));
  return isOpen ? inner : { ...inner, additionalProperties: false };
}

function strictPart(key: string, value: unknown): unknown {
  if (!isSchema(value)) return value;
  if (key === 'items' || key === 'additionalProperties') return strict(value);
  if (key !== 'properties') return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, isSchema(each) ? strict(each) : each]),
  );
}

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null;
}

class Shop extends Application {
  readonly db = new SecretClaim(this, 'db', { keys: ['URL'] });
  readonly api = new WebService(this, 'api', { image: 'api:1', ports: { http: 80, admin: 9000 } });
  readonly jobs = new Worker(this, 'jobs', { image: 'jobs:1' }).connectTo(this.api, { port: 'http' });
}

function customResources(meshed: MeshProperties, sealed: SealedSecretsProperties): KubernetesObject[] {
  const platform = new Platform('acme', { environments: { live: {} } })
    .supply(mesh(meshed))
    .supply(sealedSecrets(sealed));
  const blob = Buffer.alloc(2 + 512 + 16, 7);
  blob.writeUInt16BE(512);
  const file = {
    name: 'db',
    namespace: 'shop',
    scope: sealed.scope ?? 'strict',
    encryptedData: { URL: blob.toString('base64') },
  };
  const { applications, findings } = render(
    { project: 'shop', applications: { shop: Shop }, platform, ownsPlatform: true },
    { inputs: new Map([['sealed/live/shop/db', file]]) },
  );
  expect(findings).toEqual([]);
  const objects = applications.flatMap(({ manifests }) => manifests.map(({ object }) => written(object)));
  return objects.filter(({ apiVersion }) => /^(security\.istio\.io|bitnami\.com)\//.test(apiVersion));
}

/** The object as it is written: entries that are undefined are left out. */
function written(object: KubernetesObject): KubernetesObject {
  return JSON.parse(JSON.stringify(object));
}

test.runIf(isThere)('writes custom resources of which their definitions know every field', () => {
  const objects = [
    ...customResources({ authorization: 'namespaces' }, {}),
    ...customResources({ mode: 'ambient', mtls: 'permissive' }, { scope: 'cluster-wide' }),
  ];
  expect(new Set(objects.map(({ kind }) => kind))).toEqual(
    new Set(['AuthorizationPolicy', 'PeerAuthentication', 'SealedSecret']),
  );
  for (const object of objects) {
    expect(schemaOf(object).safeParse(object), `${object.kind} ${object.metadata.name}`).toMatchObject({
      success: true,
    });
    const spec = object['spec'] as Readonly<Record<string, unknown>>;
    expect(schemaOf(object).safeParse({ ...object, spec: { ...spec, invented: true } }).success).toBe(false);
  }
});

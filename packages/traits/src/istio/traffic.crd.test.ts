/* oxlint-disable no-restricted-imports -- reads the schemas that Istio publishes */
import { WebService } from '@strake/components';
import { Application, defineOperations, render } from '@strake/core';
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import { traffic, type TrafficProperties } from './traffic.ts';

const FOLDER = new URL('../../../../../shared/crds/networking.istio.io/', import.meta.url);
const MISSING = existsSync(FOLDER) ? undefined : `there are no schemas at ${FOLDER.pathname}`;

class Shop extends Application {
  readonly web = new WebService(this, 'web', {
    image: 'ghcr.io/acme/web:1.0.0',
    ports: { http: 80, grpc: 9090 },
  });
}

/** Every property that `traffic` has. Those that exclude each other come in turn. */
const EVERYTHING: TrafficProperties = {
  hosts: ['shop.example.com'],
  gateways: ['istio-ingress/public'],
  port: 'http',
  timeout: '15s',
  retries: { attempts: 3, perTryTimeout: '3s', retryOn: 'connect-failure,503', backoff: '50ms' },
  fault: { delay: { fixedDelay: '2s', percentage: 0.1 }, abort: { httpStatus: 503, percentage: 5 } },
  mirror: { host: 'web-next', port: 80, percentage: 10 },
  headers: {
    request: { set: { 'x-shop': 'web' }, add: { 'x-more': 'a' }, remove: ['x-internal'] },
    response: { remove: ['server'] },
  },
  connectionPool: {
    tcp: { maxConnections: 100, connectTimeout: '1s', maxConnectionDuration: '1h' },
    http: {
      http1MaxPendingRequests: 100,
      http2MaxRequests: 1000,
      maxRequestsPerConnection: 0,
      maxRetries: 3,
      idleTimeout: '60s',
    },
  },
  outlierDetection: {
    consecutive5xxErrors: 5,
    consecutiveGatewayErrors: 3,
    interval: '10s',
    baseEjectionTime: '30s',
    minHealthPercent: 10,
  },
};

const cookie = { httpCookie: { name: 'shop', ttl: '0s', path: '/' } };
const LOAD_BALANCERS: readonly NonNullable<TrafficProperties['loadBalancer']>[] = [
  { simple: 'LEAST_REQUEST' },
  { simple: 'ROUND_ROBIN' },
  { simple: 'RANDOM' },
  { simple: 'PASSTHROUGH' },
  { consistentHash: cookie },
  { consistentHash: { useSourceIp: true } },
  { consistentHash: { httpHeaderName: 'x-user' } },
  { consistentHash: { httpQueryParameterName: 'user' } },
];

/** The part of OpenAPI 3 that Istio's schemas use. */
interface Schema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema;
  readonly items?: Schema;
  readonly required?: readonly string[];
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly not?: Schema;
}

const object = z.record(z.string(), z.unknown());
const definition = z.object({
  spec: z.object({
    versions: z.array(
      z.object({ name: z.string(), schema: z.object({ openAPIV3Schema: z.custom<Schema>() }) }),
    ),
  }),
});

function schemaOf(kind: string): Schema {
  const { spec } = definition.parse(parse(readFileSync(new URL(`${kind}.yaml`, FOLDER), 'utf8')));
  const { openAPIV3Schema } = spec.versions.find(({ name }) => name === 'v1')?.schema ?? {};
  if (openAPIV3Schema === undefined) throw new Error(`${kind} has no version v1`);
  const text = { type: 'string' };
  const top = { apiVersion: text, kind: text, metadata: { type: 'object', additionalProperties: {} } };
  return { ...openAPIV3Schema, properties: { ...openAPIV3Schema.properties, ...top } };
}

/** Every way in which a value breaks its schema; fields that the schema does not have are broken ways too. */
function violations(schema: Schema, value: unknown, path = ''): string[] {
  const found = combinations(schema, value, path);
  const say = (text: string) => found.push(`${path}: ${text}`);
  if (schema.enum !== undefined && !schema.enum.includes(value)) say(`${String(value)} is not allowed`);
  if (schema.type === 'array') {
    if (!Array.isArray(value)) return [...found, `${path}: no list`];
    return [
      ...found,
      ...value.flatMap((item, index) => violations(schema.items ?? {}, item, `${path}[${index}]`)),
    ];
  }
  if (schema.type === 'object') return [...found, ...fieldViolations(schema, value, path)];
  if (schema.type === 'string' && typeof value !== 'string') say('no string');
  if (schema.type === 'boolean' && typeof value !== 'boolean') say('no boolean');
  if (schema.type === 'integer' && !Number.isInteger(value)) say('no integer');
  if (schema.type === 'number' && typeof value !== 'number') say('no number');
  const { minimum = -Infinity, maximum = Infinity } = schema;
  if (typeof value === 'number' && (value < minimum || value > maximum)) say('out of range');
  return found;
}

function fieldViolations(
  { properties, additionalProperties, required = [] }: Schema,
  value: unknown,
  path: string,
) {
  const parsed = object.safeParse(value);
  if (!parsed.success) return [`${path}: no map`];
  const missing = required.filter((name) => !(name in parsed.data)).map((name) => `${path}.${name}: missing`);
  const fields = Object.entries(parsed.data).flatMap(([name, field]) => {
    const schema = properties?.[name] ?? additionalProperties;
    return schema === undefined ? [`${path}.${name}: unknown`] : violations(schema, field, `${path}.${name}`);
  });
  return [...missing, ...fields];
}

function combinations({ oneOf, anyOf, allOf = [], not }: Schema, value: unknown, path: string): string[] {
  const holds = (schema: Schema) => {
    const fields = (schema.required ?? []).every(
      (name) => object.safeParse(value).data?.[name] !== undefined,
    );
    return fields && combinations(schema, value, path).length === 0;
  };
  const found = allOf.flatMap((schema) => combinations(schema, value, path));
  if (oneOf !== undefined && oneOf.filter(holds).length !== 1)
    found.push(`${path}: not exactly one of the ways`);
  if (anyOf !== undefined && !anyOf.some(holds)) found.push(`${path}: none of the ways`);
  if (not !== undefined && holds(not)) found.push(`${path}: an excluded way`);
  return found;
}

function objectsWith(properties: TrafficProperties) {
  const operations = [defineOperations(Shop, (shop) => void shop.web.attach(traffic(properties)))];
  const { applications, findings } = render({ project: 'shop', applications: { shop: Shop }, operations });
  expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  const objects = applications.flatMap(({ manifests }) => manifests.map((manifest) => manifest.object));
  return objects.filter(({ apiVersion }) => apiVersion === 'networking.istio.io/v1');
}

test('writes what the schemas of Istio have, with every property that there is', ({ skip }) => {
  skip(MISSING !== undefined, MISSING);
  const schemas = {
    DestinationRule: schemaOf('DestinationRule'),
    VirtualService: schemaOf('VirtualService'),
  };
  for (const loadBalancer of LOAD_BALANCERS) {
    const objects = objectsWith({ ...EVERYTHING, loadBalancer });
    expect(objects.map(({ kind }) => kind).toSorted()).toEqual(['DestinationRule', 'VirtualService']);
    for (const [kind, schema] of Object.entries(schemas)) {
      const written = objects.find((each) => each.kind === kind);
      expect(violations(schema, written)).toEqual([]);
    }
  }
});

test('the check against the schemas finds unknown fields, wrong types and excluded ways', ({ skip }) => {
  skip(MISSING !== undefined, MISSING);
  const simple = { simple: 'FASTEST', consistentHash: { useSourceIp: true } };
  const spec = {
    host: 'web',
    trafficPolicy: { loadBalancer: simple, outlier: {} },
    subsets: [{ labels: { a: 1 } }],
  };
  expect(violations(schemaOf('DestinationRule'), { kind: 'DestinationRule', spec }).toSorted()).toEqual([
    '.spec.subsets[0].labels.a: no string',
    '.spec.subsets[0].name: missing',
    '.spec.trafficPolicy.loadBalancer.simple: FASTEST is not allowed',
    '.spec.trafficPolicy.loadBalancer: not exactly one of the ways',
    '.spec.trafficPolicy.outlier: unknown',
  ]);
});

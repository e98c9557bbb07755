import { Config, WebService, Worker } from '@strake/components';
import { Application, defineConfig, Platform, type ApplicationClass } from '@strake/core';
import { network } from '@strake/scopes';
import { probes, replicas } from '@strake/traits';
import { ApiObject } from 'cdk8s';

/** Configurations of which one part is very long, very wide or very deep, by what is. */
export const SIZES: Readonly<Record<string, (size: number) => unknown>> = {
  'a long name of the project': (size) => config({ project: long(size) }),
  'a long name of an application': (size) => config({ applications: { [long(size)]: CART } }),
  'a long name of an environment': (size) => config({ platform: platform({ [long(size)]: {} }) }),
  'a long name of the platform, which is wrong in many places': (size) =>
    config({ platform: platform({ live: many(1000, 'x') }, long(size)) }),
  'a text spread into the configuration': (size) => config({ ...(long(size) as unknown as object) }),
  'many unknown keys of the configuration': (size) => config(many(size, 'x')),
  'an unknown key that is deep': (size) => config({ other: nested(size, (inner) => ({ a: inner })) }),
  'a text for the environments': (size) => config({ platform: platform(long(size)) }),
  'a text for an environment': (size) => config({ platform: platform({ live: long(size) }) }),
  'a list for the environments': (size) =>
    config({ platform: platform(Array.from({ length: size }, () => ({}))) }),
  'many environments with wrong names': (size) =>
    config({ platform: platform(many(size / 50, {}, 'Environment_')) }),
  'many applications with wrong names': (size) => config({ applications: many(size / 50, CART, 'App_') }),
  'many applications that are none': (size) => config({ applications: many(size, 1) }),
  'many operations that are none': (size) => config({ operations: Array(size).fill(1) }),
  'a selector of many unknown environments': (size) =>
    config({
      platform: platform(many(1000, {})).supply(network(), { environments: Object.keys(many(size, 1, 'e')) }),
    }),
  'a long id of a component whose properties are wrong': (size) =>
    withComponents((cart) => void new WebService(cart, long(size), { ...WEB, ...many(1000, 1) })),
  'a long id of a component whose traits are wrong': (size) =>
    withComponents(
      (cart) =>
        void new WebService(cart, long(size), WEB).attach(
          replicas({ count: -1 }),
          probes({ readiness: {} } as never),
        ),
    ),
  'an id of many slashes': (size) =>
    withComponents((cart) => void new WebService(cart, '/'.repeat(size), WEB)),
  'a connection to a component with a long id, by a long name of a port': (size) =>
    withComponents((cart) => {
      const called = new WebService(cart, long(size), WEB);
      new Worker(cart, 'mailer', { image: IMAGE }).connectTo(called, { port: long(size) });
    }),
  'many wrong ports': (size) => withWeb({ ports: many(size, 'x') }),
  'many ports with unknown keys': (size) => withWeb({ ports: many(size, { number: 1, prot: 2 }) }),
  'many ports with long names': (size) => withWeb({ ports: many(1000, 'x', long(size / 10)) }),
  'many unknown keys below a long one': (size) => withWeb({ ports: { [long(size)]: many(1000, 1) } }),
  'many wrong values that are the same long text': (size) => withWeb({ ports: many(1000, long(size)) }),
  'many wrong values that are the same long list': (size) =>
    withWeb({ ports: many(1000, Array(size / 50).fill(long(100))) }),
  'a deep list where a text is wanted': (size) =>
    withComponents(
      (cart) => void new Config(cart, 'settings', { data: { a: nested(size, (inner) => [inner]) } } as never),
    ),
  'an object with many unknown fields': (size) => withObject({ spec: many(size / 10, 1) }),
  'an object with unknown fields of long names': (size) =>
    withObject({ spec: many(1000, 1, long(size / 10)) }),
  'an object with many wrong labels': (size) =>
    withObject({ metadata: { name: 'web', labels: many(size / 10, 1) } }),
  'an object with a long name': (size) => withObject({ metadata: { name: long(size) }, spec: many(1000, 1) }),
};

const IMAGE = 'ghcr.io/acme/cart:1';
const WEB = { image: IMAGE, ports: { http: 8080 } };
const CART = applicationOf((cart) => void new WebService(cart, 'web', WEB));

function long(size: number): string {
  return 'a'.repeat(size);
}

function many(count: number, value: unknown, prefix = 'key-'): Readonly<Record<string, never>> {
  const keys = Array.from({ length: count }, (_, index) => `${prefix}${index}`);
  return Object.fromEntries(keys.map((key) => [key, value as never]));
}

function nested(depth: number, wrap: (inner: unknown) => unknown): unknown {
  let value: unknown = 'innermost';
  for (let level = 0; level < depth; level++) value = wrap(value);
  return value;
}

function config(parts: object): unknown {
  return defineConfig({ project: 'cart', applications: { cart: CART }, ...parts });
}

function platform(environments: unknown, name = 'acme'): Platform {
  return new Platform(name, { environments: environments as never });
}

function applicationOf(build: (cart: Application) => void): ApplicationClass {
  return class Cart extends Application {
    readonly built = build(this);
  };
}

function withComponents(build: (cart: Application) => void): unknown {
  return config({ applications: { cart: applicationOf(build) } });
}

function withWeb(properties: object): unknown {
  return withComponents((cart) => void new WebService(cart, 'web', { ...WEB, ...properties } as never));
}

function withObject(parts: object): unknown {
  const object = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' }, spec: {}, ...parts };
  return withComponents((cart) => void new ApiObject(cart, 'object', object));
}

import { Application, render } from '@strake/core';
import type { Construct } from 'constructs';

/** What an application renders to whose components `make` constructs, for tests of components. */
export function rendered(make: (shop: Application) => unknown) {
  class Shop extends Application {
    constructor(parent: Construct, id: string) {
      super(parent, id);
      make(this);
    }
  }
  const { applications, findings } = render({ project: 'shop', applications: { shop: Shop } });
  const objects = applications[0]?.manifests.map(({ object }) => object) ?? [];
  return { objects, findings, of: (kind: string) => objects.find((object) => object.kind === kind) };
}

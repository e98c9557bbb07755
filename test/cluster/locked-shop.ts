import { CronTask, WebService } from '@strake/components';
import { Application, defineConfig, defineOperations, image, Platform } from '@strake/core';
import { flux } from '@strake/gitops/flux';
import { namespace } from '@strake/scopes';
import { initContainer, sidecar } from '@strake/traits';
import type { Construct } from 'constructs';

/** Where the images and the repository of a shop are, whose images a lock decides. */
export interface LockedShop {
  readonly registry: string;
  readonly repository: { readonly path: string; readonly url: string };
}

/** Policies of every sort: versions with digests, builds by number without, a tag that the registry moves. */
export function lockedShop({ registry, repository }: LockedShop) {
  const web = image({ name: `${registry}/acme/web`, policy: 'minor' });
  const log = image({
    name: `${registry}/acme/log`,
    policy: { numerical: {} },
    filterTags: { pattern: '^main-[a-f0-9]+-(?P<ts>[0-9]+)$', extract: '$ts' },
    digest: false,
  });
  const cache = image({ name: `${registry}/acme/cache`, policy: { digest: { tag: 'main' } } });
  class Shop extends Application {
    readonly web: WebService;
    readonly report: CronTask;
    constructor(parent: Construct, id: string) {
      super(parent, id);
      this.web = new WebService(this, 'web', { image: web, ports: { http: 8080 } });
      this.report = new CronTask(this, 'report', { image: web, schedule: '@daily' });
    }
  }
  const environments = {
    staging: { cluster: 'tests', namespace: 'shop-staging', emergency: true },
    production: { cluster: 'tests', namespace: 'shop', approval: 'pull-request' },
  } as const;
  const operations = defineOperations(Shop, (shop) => {
    shop.web.attach(
      sidecar({ containers: { log: { image: log } } }),
      initContainer({ containers: { cache: { image: cache } } }),
    );
  });
  return defineConfig({
    project: 'shop',
    applications: { shop: Shop },
    operations: [operations],
    platform: new Platform('acme', { environments }).supply(namespace()),
    ownsPlatform: true,
    repository,
    agent: flux({
      url: repository.url,
      sourceInterval: '2s',
      interval: '10s',
      retryInterval: '2s',
      imageUpdates: { author: { name: 'bot', email: 'bot@acme.example' }, interval: '2s' },
    }),
  });
}

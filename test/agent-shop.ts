import { StatefulService, Task, VolumeClaim, WebService } from '@strake/components';
import {
  Application,
  defineOperations,
  from,
  image,
  Platform,
  renderEach,
  type Agent,
  type Approval,
  type Config,
  type Finding,
} from '@strake/core';
import { imageLockInput, imageLockValue } from '@strake/core/tools';
import { plan } from '@strake/gitops';
import { namespace } from '@strake/scopes';
import { autoscale, resources } from '@strake/traits';
import { parse } from 'yaml';

export class Payments extends Application {
  readonly api = new WebService(this, 'api', { image: 'payments:2.0.0', ports: { http: 8080 } });
}

export class Shop extends Application {
  readonly redis = new StatefulService(this, 'redis', {
    image: 'redis:7.4.1',
    ports: { redis: 6379 },
    storage: { path: '/data', size: '1Gi' },
  });
  readonly files = new VolumeClaim(this, 'files', { size: '1Gi' });
  readonly migrate = new Task(this, 'migrate', { image: 'shop-migrate:1.0.0' });
  readonly web = new WebService(this, 'web', {
    image: image({ name: 'ghcr.io/acme/web', policy: 'minor' }),
    ports: { http: 8080 },
  })
    .connectTo(this.redis)
    .connectTo(from(Payments).api);
}

const operations = defineOperations(Shop, ({ web }) => {
  web.attach(autoscale({ max: 5 }), resources({ requests: { cpu: '100m', memory: '64Mi' } }));
});

/** A file that an agent reads, or any other of the plan. */
export interface ShopFile {
  readonly path: string;
  readonly text: string;
  readonly object: { readonly kind: string; readonly metadata: { readonly name: string } } & Record<
    string,
    unknown
  >;
}

export interface ShopOptions extends Partial<Pick<Config, 'applications' | 'ownsPlatform'>> {
  readonly approval?: Approval;
  readonly applicationsWanted?: readonly string[];
}

/** The plan of a shop that calls payments, both in production, for tests of agents. */
export function agentShop(agent: Agent | undefined, options: ShopOptions = {}) {
  const { approval, ownsPlatform = true, applications = { shop: Shop, payments: Payments } } = options;
  const platform = new Platform('acme', {
    environments: { production: { cluster: 'eu-1', ...(approval && { approval }) } },
  }).supply(namespace());
  const config: Config = { project: 'shop', applications, operations: [operations], platform, ownsPlatform };
  const locked = {
    name: 'ghcr.io/acme/web',
    newTag: '1.4.2',
    marker: 'flux-system:shop.production.web-3afaca6e',
  };
  const inputs = new Map([[imageLockInput('production', 'shop'), imageLockValue([locked])]]);
  const findings: Finding[] = [];
  const rendered = renderEach(
    'shop' in applications ? config : { ...config, operations: [] },
    { inputs, ...(options.applicationsWanted && { applications: options.applicationsWanted }) },
    (each) => findings.push(each),
  );
  const planned = plan('shop', rendered, { platform, ownsPlatform, ...(agent && { agent }) });
  const files = planned.files
    .filter(({ path }) => path.endsWith('.yaml'))
    .map(({ path, contents }): ShopFile => ({ path, text: contents, object: parse(contents) }));
  return {
    files,
    findings: [...findings, ...planned.findings],
    ofAgent: files.filter(({ path }) => path.startsWith('clusters/')),
    of: (kind: string, name: string) =>
      files.find(({ object }) => object.kind === kind && object.metadata.name === name),
  };
}

import { cpSync, existsSync, rmSync, symlinkSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Task, WebService } from '@strake/components';
import {
  Application,
  type Config,
  defineConfig,
  defineOperations,
  from,
  image,
  Platform,
} from '@strake/core';
import { argocd, type ArgocdProperties } from '@strake/gitops/argocd';
import { namespace } from '@strake/scopes';
import { autoscale, env, resources } from '@strake/traits';
import { ROOT } from '../files.ts';
import { runOn } from '../laws/in-process.ts';
import { createOwnFolder } from './cluster-folder.ts';

/** Image that a lock decides. */
export const LOCKED = 'ghcr.io/acme/payments';

/** What differs between two releases of the shop. */
export interface Release {
  /** Tag of all images. */
  readonly tag: string;
  /**
   * Whether a lock decides the image of `payments`.
   * @default false
   */
  readonly isLocked?: boolean;
  /**
   * Whether `payments` still has its component `audit`.
   * @default true
   */
  readonly hasAudit?: boolean;
  /**
   * Whether the application `search` is still there.
   * @default true
   */
  readonly hasSearch?: boolean;
  /**
   * Value of a variable of `search`.
   * @default - it has none
   */
  readonly setting?: string;
}

/**
 * A shop of three applications: `shop` calls `payments`, whose pods run before it; a HorizontalPodAutoscaler owns the
 * count of `search`.
 */
export function argocdShop(
  environments: ConstructorParameters<typeof Platform>[1]['environments'],
  properties: ArgocdProperties,
  { tag, isLocked = false, hasAudit = true, hasSearch = true, setting }: Release,
): Config {
  class Payments extends Application {
    readonly api = new WebService(this, 'api', {
      image: isLocked ? image({ name: LOCKED, policy: 'minor' }) : `payments:${tag}`,
      ports: { http: 8080 },
    });
    readonly audit = hasAudit
      ? new WebService(this, 'audit', { image: `audit:${tag}`, ports: { http: 8080 } })
      : undefined;
  }
  class Shop extends Application {
    readonly web = new WebService(this, 'web', { image: `web:${tag}`, ports: { http: 8080 } }).connectTo(
      from(Payments).api,
    );
    readonly migrate = new Task(this, 'migrate', { image: `migrate:${tag}` });
  }
  class Search extends Application {
    readonly index = new WebService(this, 'index', { image: `search:${tag}`, ports: { http: 8080 } });
  }
  const operations = defineOperations(Search, ({ index }) => {
    const requests = { cpu: '100m', memory: '64Mi' };
    index.attach(autoscale({ max: 9 }), resources({ requests }));
    if (setting !== undefined) index.attach(env({ variables: { SETTING: setting } }));
  });
  return defineConfig({
    project: 'shop',
    applications: { payments: Payments, shop: Shop, ...(hasSearch && { search: Search }) },
    operations: hasSearch ? [operations] : [],
    platform: new Platform('acme', { environments }).supply(namespace()),
    ownsPlatform: true,
    repository: { url: properties.url },
    agent: argocd(properties),
  });
}

/** A folder from which the command is run. */
export interface Project {
  /** Runs the command on a configuration, and returns what it prints. */
  strake(config: Config, ...words: readonly string[]): Promise<string>;
  /** Copies a folder into it, where there is one. */
  copy(source: string): void;
  remove(): void;
}

/** Makes a folder that finds the packages of this checkout. */
export function startProject(): Project {
  const folder = createOwnFolder();
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  return {
    strake: async (config, ...words) => {
      const { code, out, err, defect } = await runOn(() => config, words, folder);
      if (code !== 0)
        throw new Error(`strake ${words.join(' ')}: ${code}\n${err}\n${out}`, { cause: defect });
      return out;
    },
    copy: (source) => {
      if (existsSync(source)) cpSync(source, join(folder, basename(source)), { recursive: true });
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

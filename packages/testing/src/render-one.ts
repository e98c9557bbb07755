import {
  Platform,
  render,
  type ApplicationClass,
  type Finding,
  type Inputs,
  type KubernetesObject,
  type Operations,
  type RenderedApplication,
} from '@strake/core';

/** Where and how an application is rendered for a test. */
export interface RenderOneOptions {
  /**
   * Says how it is operated.
   * @default - nothing is attached
   */
  readonly operations?: readonly Operations[];
  /**
   * The platform it runs on.
   * @default - one environment `default`, without scopes
   */
  readonly platform?: Platform;
  /**
   * Name of the environment.
   * @default - the platform's first
   */
  readonly environment?: string;
  /**
   * Name of the application, and of its namespace where the platform says no other.
   * @default 'app'
   */
  readonly name?: string;
  /**
   * Data files, by path without ending.
   * @default - none
   */
  readonly inputs?: Inputs;
}

/** One application in one environment. */
export interface RenderedOne {
  readonly objects: readonly KubernetesObject[];
  readonly findings: readonly Finding[];
  /** What `checkInvariants` and `checkRules` take. */
  readonly applications: readonly RenderedApplication[];
  /** The objects of a kind. */
  of(kind: string): readonly KubernetesObject[];
  /** The object of that kind and name; throws, and says what there is, where there is none. */
  object(kind: string, name: string): KubernetesObject;
}

/**
 * Renders one application in one environment, for assertions about its objects.
 *
 * @example
 * const shop = renderOne(Shop, { platform, environment: 'production', operations: [shopOperations] });
 * expect(shop.findings).toEqual([]);
 * expect(shop.object('Deployment', 'web')).toMatchObject({ spec: { replicas: 3 } });
 */
export function renderOne(application: ApplicationClass, options: RenderOneOptions = {}): RenderedOne {
  const { operations = [], name = 'app', inputs } = options;
  const platform = options.platform ?? new Platform('default', { environments: { default: {} } });
  const environment = options.environment ?? platform.environments[0]?.name ?? 'default';
  const { applications, findings } = render(
    { project: name, applications: { [name]: application }, platform, operations },
    { environments: [environment], ...(inputs && { inputs }) },
  );
  const objects = applications.flatMap(({ manifests }) => manifests.map(({ object }) => object));
  const of = (kind: string) => objects.filter((object) => object.kind === kind);
  return {
    objects,
    findings,
    applications,
    of,
    object(kind, wanted) {
      const found = of(kind).find(({ metadata }) => metadata.name === wanted);
      if (found !== undefined) return found;
      const names = objects.map((object) => `${object.kind}/${object.metadata.name}`);
      throw new ReferenceError(`there is no ${kind}/${wanted}, only ${names.join(', ') || 'nothing'}`);
    },
  };
}

import {
  Application,
  type Component,
  defineOperations,
  Platform,
  render,
  sameJson,
  type ApplicationClass,
  type Finding,
  type Inputs,
  type KubernetesObject,
  type LockedApplication,
  type Manifest,
  type Scope,
  type Trait,
} from '@strake/core';
import type { Construct } from 'constructs';
import { finishedComponent } from './finished-component.ts';
import { StockComponent } from './stock-component.ts';

/** What traits are tried on, and where. */
export interface TrialGround {
  /**
   * Constructs the component that traits are attached to, and what it needs around it.
   * @default - a Deployment with two replicas behind a Service
   */
  readonly on?: (application: Application) => Component;
  /**
   * Scopes that hold for it.
   * @default - none
   */
  readonly scopes?: readonly Scope[];
  /**
   * Data files of the project, by path without ending; the environment and the application are called `trial`.
   * @default - none
   */
  readonly inputs?: Inputs;
  /**
   * Minor version of Kubernetes: `1.34`.
   * @default '1.34'
   */
  readonly kubernetes?: string;
}

/** What came of one render. */
export interface TrialRender {
  readonly applications: readonly LockedApplication[];
  readonly findings: readonly Finding[];
  /** Construct path of the component. */
  readonly component: string;
}

/** Renders an application `trial` with some traits on its component. */
export class TrialRenderer {
  readonly ground: TrialGround;
  readonly application: ApplicationClass;
  readonly platform: Platform;
  subject: Component | undefined;

  constructor(ground: TrialGround) {
    this.ground = ground;
    const { on = (application) => new StockComponent(application, 'stock'), kubernetes = '1.34' } = ground;
    const construct = (application: Application) => (this.subject = on(application));
    this.application = class Trial extends Application {
      constructor(parent: Construct, id: string) {
        super(parent, id);
        construct(this);
      }
    };
    const platform: Platform = new Platform('trial', { environments: { trial: { kubernetes } } });
    this.platform = (ground.scopes ?? []).reduce<Platform>((each, scope) => each.supply(scope), platform);
  }

  render(traits: readonly Trait<string>[]): TrialRender {
    return this.renderWith((component) => {
      for (const trait of traits) trait.applyTo(component);
    });
  }

  /** Renders once more, on a component that has all that a first render gave it; undefined where that is not possible. */
  renderAgain(traits: readonly Trait<string>[], first: TrialRender): TrialRender | undefined {
    const objects = ownObjects(first);
    let isCopied = true;
    const again = this.renderWith((component) => {
      const finished = finishedComponent(component, objects);
      isCopied = finished !== undefined;
      if (finished !== undefined) for (const trait of traits) trait.applyTo(finished);
    });
    return isCopied ? again : undefined;
  }

  renderWith(attach: (component: Component) => void): TrialRender {
    this.subject = undefined;
    let path = 'trial';
    const { applications, findings } = render(
      {
        project: 'trial',
        applications: { trial: this.application },
        platform: this.platform,
        ownsPlatform: (this.ground.scopes ?? []).length > 0,
        operations: [
          defineOperations(this.application, () => {
            if (this.subject === undefined) return;
            path = this.subject.node.path;
            attach(this.subject);
          }),
        ],
      },
      this.ground.inputs === undefined ? {} : { inputs: this.ground.inputs },
    );
    return { applications, findings, component: path };
  }
}

/** What the component layer made for a component, as it was finished; what a controller will make, as it would have been. */
function ownObjects({ applications, component }: TrialRender): readonly KubernetesObject[] {
  return applications.flatMap(({ manifests, withheld = [] }) => [
    ...manifests
      .filter(({ writer }: Manifest) => writer?.layer === 'component' && writer.path === component)
      .map(({ object }) => object),
    ...withheld,
  ]);
}

/** The errors among findings. */
export function errorsOf({ findings }: TrialRender): readonly Finding[] {
  return findings.filter(({ severity }) => severity === 'error');
}

/** Whether two renders gave the same objects, key by key and in one order. */
export function isSame(left: TrialRender, right: TrialRender): boolean {
  const objects = ({ applications }: TrialRender) => applications.flatMap(({ manifests }) => manifests);
  const others = objects(right);
  return (
    objects(left).length === others.length &&
    objects(left).every(({ object }, index) => sameJson(object, others[index]?.object))
  );
}

import type { Environment } from './environment.ts';
import type { Finding } from './finding.ts';
import type { KubernetesObject } from './kubernetes-object.ts';
import type { RenderedApplication } from './render.ts';
import type { UsedImage } from './image-lock.ts';

/** Brings what stands in the GitOps repository into clusters. `flux()` and `argocd()` make agents. */
export interface Agent {
  readonly name: string;
  /** The approvals that it holds an environment to. */
  readonly approvals: readonly ('manual-sync' | 'windows')[];
  /** Which applications it syncs before an application: those that it calls, or only what applications share. */
  readonly order: 'connections' | 'platform';
  /**
   * Namespace of the policies by which its bot moves images, which the markers of image locks name.
   * @default 'flux-system'
   */
  readonly imageNamespace?: string;
  /** Annotations by which an object tells the agent how to treat it; none for most objects. */
  annotations(object: KubernetesObject): Readonly<Record<string, string>>;
  /** What syncs one application of an environment. */
  sync(application: SyncedApplication): AgentObjects;
  /** What an environment needs once: the source, and what syncs all that `sync` returns. */
  root(environment: SyncedEnvironment): AgentObjects;
}

/** One application in one environment, as an agent is to sync it. */
export interface SyncedApplication {
  readonly rendered: RenderedApplication & { readonly images?: readonly UsedImage[] };
  /** Folder of its files, from the repository's root. */
  readonly folder: string;
  /** Folder of its image lock, from the repository's root. */
  readonly imageFolder: string;
  /** Names of the applications that are synced before it, sorted; `platform` is among them where there is one. */
  readonly after: readonly string[];
  /** How many are synced before it, one after the other. */
  readonly wave: number;
}

/** One environment, as an agent is to sync it. */
export interface SyncedEnvironment {
  readonly environment: Environment;
  /** Folder of the agent's own objects, from the repository's root. */
  readonly folder: string;
  /** Folder that has a folder for each application, from the repository's root. */
  readonly applications: string;
}

/** Objects that an agent reads. */
export interface AgentObjects {
  readonly objects: readonly KubernetesObject[];
  /** What the agent cannot do as it is asked to. */
  readonly findings?: readonly Finding[];
  /**
   * Whether the agent's bot edits the image lock, so that the rendered folder takes its tags before the next synth.
   * @default false
   */
  readonly readsImageLock?: boolean;
}

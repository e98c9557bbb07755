import { Chart, type ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { composeByDefault, compositionOf, tryCompositionOf } from './composition.ts';
import type { Environment } from './environment.ts';

/**
 * One deliverable of one team (OAM: application). Its class is constructed once for each environment;
 * its fields are the handles by which operators find the components.
 */
export class Application extends Chart {
  constructor(parent: Construct, id: string) {
    const known = tryCompositionOf(parent);
    super(parent, id, { namespace: known?.namespace ?? id, disableResourceNameHashes: true });
    if (known === undefined) composeByDefault(this, id);
  }

  /** The deploy target that it is constructed for. */
  get environment(): Environment {
    return compositionOf(this).environment;
  }

  /** Names objects that have no name of their own by their construct ids, without hashes. */
  override generateObjectName(object: ApiObject): string {
    const ids = object.node.scopes.slice(this.node.scopes.length).map(({ node }) => node.id);
    const named = ids.filter((id, index) => id !== 'Resource' && id !== 'Default' && id !== ids[index - 1]);
    return named.join('-') || object.kind.toLowerCase();
  }
}

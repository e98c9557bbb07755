import { Chart, type ApiObject } from 'cdk8s';
import type { Construct, IMixin } from 'constructs';
import { codeName } from './code-name.ts';
import { composeByDefault, compositionOf, tryCompositionOf } from './composition.ts';
import type { Environment } from './environment.ts';
import { finding } from './finding.ts';
import { originOf } from './source-line.ts';
import { traitState } from './trait.ts';

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
    return (named.join('-') || object.kind).toLowerCase();
  }

  /**
   * Attaches traits to every component that offers what they need, and passes the others by.
   * A trait that fits no component is a warning.
   */
  override with(...mixins: IMixin[]): this {
    const constructs = this.node.findAll();
    for (const mixin of mixins) {
      const info = traitState.get(mixin)?.info;
      if (info === undefined || constructs.some((each) => mixin.supports(each))) continue;
      compositionOf(this).report(
        finding({
          code: 'trait-unmatched',
          severity: 'warning',
          path: this.node.path,
          origins: [originOf(this.with)],
          written: `with() gets the trait \`${codeName(info)}\`, which fits no component`,
          allowed: `components that offer ${info.needs.map((need) => `\`${need}\``).join(', ')}`,
          fix: `Remove \`${codeName(info)}\`, or attach it where it fits.`,
        }),
      );
    }
    super.with(...mixins);
    return this;
  }
}

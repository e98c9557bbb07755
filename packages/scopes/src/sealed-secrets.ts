import { Claim, defineScope, propertiesOf, type ScopeFactory } from '@strake/core';
import * as z from 'zod';
import { checkSealedFile } from './sealed-file-checks.ts';
import { sealedSecret } from './sealed-secret.ts';
import { SEALING_SCOPES, type SealingScope } from './sealing.ts';

export interface SealedSecretsProperties {
  /**
   * Widest scope that values may be sealed for: the name and namespace of their Secret, its namespace, or the cluster.
   * @default 'strict'
   */
  readonly scope?: SealingScope;
}

/**
 * Fulfils secret claims with SealedSecrets of sealed-secrets, whose values are read from the data files
 * `sealed/<environment>/<application>/<claim>.yaml`. The values are sealed before, and written as they are.
 */
export const sealedSecrets: ScopeFactory<SealedSecretsProperties> = defineScope({
  name: 'sealed-secrets',
  package: '@strake/scopes',
  summary: 'Fulfils secret claims with SealedSecrets.',
  supplies: ['secret'],
  inputs: 'sealed',
  properties: propertiesOf<SealedSecretsProperties>()({ scope: z.enum(SEALING_SCOPES).optional() }),
  application({ namespace, components, input, inputPath, create, report }, { scope = 'strict' }) {
    for (const component of components) {
      const claim = Claim.tryOf(component);
      if (claim?.kind !== 'secret') continue;
      const { file, problems } = checkSealedFile(input(claim.name), {
        ...claim,
        place: inputPath(claim.name),
        namespace,
        widest: scope,
      });
      for (const problem of problems) report({ ...problem, component, path: component.node.path });
      if (file !== undefined) create(sealedSecret(component, claim, file, namespace));
    }
  },
});

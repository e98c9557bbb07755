import { Claim, defineScope, propertiesOf, type ScopeFactory } from '@strake/core';
import * as z from 'zod';
import { checkSealedFile } from './sealed-file-checks.ts';
import { sealedSecret } from './sealed-secret.ts';
import { certificateSchema, type SealingCertificate } from './sealing-certificate.ts';
import { SEALING_SCOPES, type SealingScope } from './sealing.ts';

export interface SealedSecretsProperties {
  /**
   * Widest scope that values may be sealed for: the name and namespace of their Secret, its namespace, or the cluster.
   * @default 'strict'
   */
  readonly scope?: SealingScope;
  /**
   * Certificate of the environment's controller, with which `strake seal` seals. Values that were sealed with another one
   * than the fingerprint says are reported.
   * @default - the one on the command line of `strake seal`
   */
  readonly certificate?: SealingCertificate;
}

/**
 * Fulfils secret claims with SealedSecrets of sealed-secrets, whose values are read from the data files
 * `sealed/<environment>/<application>/<claim>.yaml`. The values are sealed before, and written as they are.
 *
 * @example
 * sealedSecrets({ scope: 'namespace-wide' })
 */
export const sealedSecrets: ScopeFactory<SealedSecretsProperties> = defineScope({
  name: 'sealed-secrets',
  package: '@strake/scopes',
  summary: 'Fulfils secret claims with SealedSecrets.',
  supplies: ['secret'],
  inputs: 'sealed',
  properties: propertiesOf<SealedSecretsProperties>()({
    scope: z.enum(SEALING_SCOPES).optional(),
    certificate: certificateSchema.optional(),
  }),
  application(context, { scope = 'strict', certificate }) {
    const { environment, application, namespace, components, input, inputPath, create, report } = context;
    for (const component of components) {
      const claim = Claim.tryOf(component);
      if (claim?.kind !== 'secret') continue;
      const { file, problems } = checkSealedFile(input(claim.name), {
        ...claim,
        place: inputPath(claim.name),
        namespace,
        widest: scope,
        fingerprint: certificate?.fingerprint,
        command: `strake seal ${application}/${claim.name} --env ${environment.name}`,
      });
      for (const problem of problems) report({ ...problem, component, path: component.node.path });
      if (file !== undefined) create(sealedSecret(component, claim, file, namespace));
    }
  },
});

import * as z from 'zod';
import { objectName } from '../object-name.ts';

/** Who signs a certificate (cert-manager.io: IssuerReference). */
export interface IssuerProperties {
  readonly name: string;
  /**
   * Whether it stands in the certificate's namespace or in the whole cluster; of another `group`, its own kind.
   * @default 'ClusterIssuer'
   */
  readonly kind?: string;
  /** @default 'cert-manager.io' */
  readonly group?: string;
}

/** The schema of who signs. */
export const issuerSchema = z
  .strictObject({
    name: objectName,
    kind: z.string().min(1).optional(),
    group: objectName.optional(),
  })
  .refine(
    ({ kind, group = 'cert-manager.io' }) =>
      group === 'cert-manager.io'
        ? ['Issuer', 'ClusterIssuer', undefined].includes(kind)
        : kind !== undefined,
    {
      path: ['kind'],
      error: '`Issuer` or `ClusterIssuer`, or the kind that the other `group` has',
    },
  );

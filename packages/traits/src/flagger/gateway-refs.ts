import * as z from 'zod';
import { objectName, partName } from '../object-name.ts';

/** A gateway through which requests come (Gateway API: ParentReference). */
export interface GatewayRefProperties {
  readonly name: string;
  /** @default - the component's namespace */
  readonly namespace?: string;
  /**
   * Listener of the gateway.
   * @default - all that let the route in
   */
  readonly sectionName?: string;
}

/** The schema of gateways of the Gateway API. */
export const gatewayRefsSchema = z
  .array(
    z.strictObject({
      name: objectName,
      namespace: partName.optional(),
      sectionName: objectName.optional(),
    }),
  )
  .min(1)
  .max(32)
  .readonly();

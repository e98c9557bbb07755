import * as z from 'zod';
import { adoptExposedShape, servingItsPods, type AdoptExposedProperties } from './adopt-service.ts';
import { adoptedName, labelsSchema } from './adopt.ts';

/** How the claims of a running StatefulSet are made. Their spec is that of `storage`. */
export interface AdoptedClaimTemplateProperties {
  /**
   * Name of the template, with which the names of the claims begin.
   * @default 'data'
   */
  readonly name?: string;
  /**
   * Labels of the template.
   * @default - none
   */
  readonly labels?: Readonly<Record<string, string>>;
}

/** What a running StatefulSet keeps, in the words of its YAML. */
export interface AdoptStatefulProperties extends AdoptExposedProperties {
  /**
   * Name of the Service that gives the pods their host names, `spec.serviceName`. A cluster never changes it.
   * @default - the name of the Service
   */
  readonly serviceName?: string;
  /**
   * How the claims of its pods are made. A cluster never changes it.
   * @default - as a new one's, without labels
   */
  readonly volumeClaimTemplate?: AdoptedClaimTemplateProperties;
}

/** The schema of the adoption of a running StatefulSet. */
export const adoptStatefulSchema = servingItsPods(
  z.strictObject({
    ...adoptExposedShape,
    serviceName: adoptedName.optional(),
    volumeClaimTemplate: z
      .strictObject({ name: adoptedName.optional(), labels: labelsSchema.optional() })
      .optional(),
  }),
).optional();

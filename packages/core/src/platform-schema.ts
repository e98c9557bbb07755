import * as z from 'zod';
import { approvalSchema } from './approval.ts';
import type { ApplicationProperties, EnvironmentProperties } from './environment.ts';
import type { PlatformProperties, ScopeSelector } from './platform.ts';
import { propertiesOf } from './properties.ts';

const texts = z.record(z.string(), z.string()).readonly();
const names = z.array(z.string()).readonly();

const environmentShape = {
  tier: z.string().min(1).optional(),
  cluster: z.string().min(1).optional(),
  kubernetes: z
    .custom<string>(
      (value) => typeof value === 'string' && /^1\.\d{1,3}$/.test(value),
      "a minor version in quotes, such as '1.34'",
    )
    .optional(),
  namespace: z.string().optional(),
  approval: approvalSchema.optional(),
  emergency: z.boolean().optional(),
  namespaces: texts.optional(),
  labels: texts.optional(),
};

const environmentSchema = propertiesOf<EnvironmentProperties>()(environmentShape);

const applicationSchema = propertiesOf<ApplicationProperties>()({
  environments: names.optional(),
  labels: texts.optional(),
  owners: names.optional(),
});

/** What `new Platform()` takes; anything else is a finding. */
export const platformSchema = propertiesOf<PlatformProperties<string>>()({
  environments: z.record(z.string(), environmentSchema).readonly(),
  namespace: z.string().optional(),
  applications: z.record(z.string(), applicationSchema).readonly().optional(),
  owners: names.optional(),
});

/** What `supply()` selects by. A condition that does not exist would select everything. */
export const selectorSchema = propertiesOf<ScopeSelector>()({
  tier: z.string().optional(),
  environments: names.optional(),
  applications: names.optional(),
  labels: texts.optional(),
});

/** What is right of an environment's properties, so that what is wrong is one finding and causes no other. */
export function validProperties(given: EnvironmentProperties): EnvironmentProperties {
  if (environmentSchema.safeParse(given).success) return given;
  const shape: Readonly<Record<string, z.ZodType>> = environmentShape;
  // A text has entries too, one for each of its characters.
  const entries = typeof given === 'object' ? Object.entries(given ?? {}) : [];
  return Object.fromEntries(entries.filter(([name, value]) => shape[name]?.safeParse(value).success));
}

import * as z from 'zod';

const callable = (what: string) => z.custom<object>((value) => typeof value === 'function', what);
const having = (keys: readonly string[], what: string) =>
  z.custom<object>(
    (value) => typeof value === 'object' && value !== null && keys.every((key) => key in value),
    what,
  );

/** What `strake.config.ts` must export, as far as a program can tell. */
export const configSchema = z.strictObject({
  project: z.string(),
  applications: z.record(z.string(), callable('a class that extends Application')),
  operations: z
    .array(having(['application', 'operate'], 'what defineOperations() returns'))
    .readonly()
    .optional(),
  platform: z.custom<object>(isPlatform, 'a Platform').optional(),
  ownsPlatform: z.boolean().optional(),
  repository: z
    .strictObject({
      path: z.string().min(1).optional(),
      url: z.string().min(1).optional(),
      branch: z.string().min(1).optional(),
      forge: z.enum(['github', 'gitlab']).optional(),
    })
    .optional(),
  agent: having(['name', 'annotations', 'sync', 'root'], 'what flux() or argocd() returns').optional(),
  schemas: z
    .strictObject({
      crds: z.array(z.string().min(1)).readonly().optional(),
      severity: z.record(z.string(), z.enum(['error', 'warning', 'off'])).optional(),
    })
    .optional(),
});

function isPlatform(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    'environments' in value &&
    'supplies' in value &&
    Array.isArray(value.environments) &&
    Array.isArray(value.supplies)
  );
}

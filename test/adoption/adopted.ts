import { join } from 'node:path';
import { defineConfig, type Config, type JsonObject } from '@strake/core';
import * as z from 'zod';
import { ROOT } from '../files.ts';
import { upstreamObjects, UPSTREAM_MISSING } from '../online-boutique/boutique.ts';
import { Boutique, boutiqueOperations } from './boutique.ts';
import { objectsIn, renderedBy } from './objects.ts';
import { Orders, ordersOperations } from './orders.ts';

/** An application that runs, and what Strake renders to take it over. */
export interface Adopted {
  readonly name: string;
  /** Objects as they were applied before. */
  readonly running: readonly JsonObject[];
  readonly config: Config;
  readonly rendered: ReturnType<typeof renderedBy>;
}

/** Our own application, which was written by hand. */
export function adoptedOrders(): Adopted {
  const config = defineConfig({
    project: 'orders',
    applications: { orders: Orders },
    operations: [ordersOperations],
  });
  const running = objectsIn(join(ROOT, 'test', 'adoption', 'orders.yaml'));
  return { name: 'orders', running, config, rendered: renderedBy(config) };
}

/** Online Boutique as upstream's manifests run it; undefined where they are not at hand, which is said. */
export function adoptedBoutique(): Adopted | undefined {
  if (UPSTREAM_MISSING !== undefined) {
    console.log(`no adoption of Online Boutique: ${UPSTREAM_MISSING}`);
    return undefined;
  }
  const running = upstreamObjects(['manifests']);
  const config = defineConfig({
    project: 'boutique',
    applications: { boutique: Boutique },
    operations: [boutiqueOperations(waiting(running))],
  });
  return { name: 'boutique', running, config, rendered: renderedBy(config) };
}

const initSchema = z.object({
  metadata: z.object({ name: z.literal('loadgenerator') }),
  spec: z.object({
    template: z.object({
      spec: z.object({
        initContainers: z.tuple([z.object({ image: z.string(), command: z.array(z.string()) })]),
      }),
    }),
  }),
});

/** What upstream's load generator waits by: the text is upstream's, and no part of the repository. */
function waiting(running: readonly JsonObject[]): { readonly image: string; readonly script: string } {
  const [found] = running.flatMap((each) => initSchema.safeParse(each).data ?? []);
  const [container] = found?.spec.template.spec.initContainers ?? [];
  return { image: container?.image ?? '', script: container?.command[2] ?? '' };
}

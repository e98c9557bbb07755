import * as z from 'zod';
import { namespaceName } from '../namespace-name.ts';
import { objectName } from '../object-name.ts';

/** A gateway that a route belongs to (gateway-api.sigs.k8s.io: ParentReference). Its listener must allow the namespace. */
export interface ParentRefProperties {
  readonly name: string;
  /**
   * Namespace of the gateway.
   * @default - the application's
   */
  readonly namespace?: string;
  /**
   * Name of the listener.
   * @default - every listener whose host names fit
   */
  readonly sectionName?: string;
  /**
   * Port of the listener.
   * @default - every port
   */
  readonly port?: number;
  /**
   * Its kind: a `Service` makes it a route of the mesh, for callers in the cluster.
   * @default 'Gateway'
   */
  readonly kind?: 'Gateway' | 'ListenerSet' | 'Service';
}

const parentRef = z.strictObject({
  name: objectName,
  namespace: namespaceName.optional(),
  sectionName: objectName.optional(),
  port: z.int().min(1).max(65_535).optional(),
  kind: z.enum(['Gateway', 'ListenerSet', 'Service']).optional(),
});

/** The schema of gateways. One gateway is named again only to name another listener. */
export const parentRefsSchema = z
  .array(parentRef)
  .min(1)
  .max(32)
  .refine(
    (refs) =>
      new Set(
        refs.map(({ name, namespace, kind, sectionName, port }) =>
          [kind, namespace, name, sectionName, port].join(' '),
        ),
      ).size === refs.length,
    'each once',
  )
  .refine((refs) => {
    const keyOf = ({ name, namespace, kind }: ParentRefProperties) => [kind, namespace, name].join(' ');
    const isRepeated = (ref: ParentRefProperties) =>
      refs.filter((each) => keyOf(each) === keyOf(ref)).length > 1;
    return refs.every((ref) => ref.sectionName !== undefined || !isRepeated(ref));
  }, 'a `sectionName` for each where one gateway is named several times')
  .readonly();

/** Gateways as a route writes them. A Service is of another group than the default one. */
export function parentRefsOf(refs: z.output<typeof parentRefsSchema>) {
  return refs.map(({ kind, ...ref }) => ({ group: kind === 'Service' ? '' : undefined, kind, ...ref }));
}

/** Namespaces that the calls of a route come from. Those of a mesh come from wherever the callers are. */
export function namespacesOf(refs: readonly ParentRefProperties[], own: string): string[] {
  const gateways = refs.filter(({ kind }) => kind !== 'Service');
  return [...new Set(gateways.map(({ namespace = own }) => namespace))];
}

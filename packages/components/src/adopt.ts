import * as z from 'zod';
import { portNumber, portProtocol } from './ports.ts';

type Labels = Readonly<Record<string, string>>;

/** The name of an object that exists already. */
export interface AdoptNameProperties {
  /** Name of the object. */
  readonly name: string;
}

/** What an object that exists already keeps. */
export interface AdoptObjectProperties {
  /**
   * Name of the object.
   * @default - the component's id
   */
  readonly name?: string;
  /**
   * Labels by which others know it, besides the component's.
   * @default - none
   */
  readonly labels?: Labels;
}

/** A port as the container of a running pod lists it (Kubernetes API: ContainerPort). */
export interface AdoptedPortProperties {
  /**
   * Its name.
   * @default - it has none
   */
  readonly name?: string;
  readonly containerPort: number;
  /**
   * Port of the node that leads to it.
   * @default - the node has no port for it
   */
  readonly hostPort?: number;
  /**
   * Protocol, where it is written.
   * @default - it is not written, which is TCP
   */
  readonly protocol?: 'TCP' | 'UDP' | 'SCTP';
}

/** How the container of running pods is written. */
export interface AdoptedContainerProperties {
  /**
   * Its name.
   * @default - the component's name
   */
  readonly name?: string;
  /**
   * Ports as it lists them; an empty list where it lists none.
   * @default - those of `ports`, by name
   */
  readonly ports?: readonly AdoptedPortProperties[];
}

/** What the pods of a running workload keep, in the words of its YAML. */
export interface AdoptPodsProperties {
  /**
   * Name of the workload, and of whatever else is made for the component.
   * @default - the component's id
   */
  readonly name?: string;
  /**
   * Labels of the pods, as they stand in the pod template.
   * @default - those of `selector`; where there is none, those of a new component
   */
  readonly podLabels?: Labels;
  /**
   * Labels of the objects by which others know them, besides the component's and those of `selector`.
   * @default - none
   */
  readonly labels?: Labels;
  /**
   * How the container is written.
   * @default - its name is the component's, its ports are those of `ports`
   */
  readonly container?: AdoptedContainerProperties;
}

/** What a running workload keeps, in the words of its YAML. */
export interface AdoptProperties extends AdoptPodsProperties {
  /** Labels that the workload selects its pods by, `spec.selector.matchLabels`. A cluster never changes them. */
  readonly selector: Labels;
}

const KEY = /^([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?\/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;
const VALUE = /^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/;

/** The schema of labels, as Kubernetes accepts them (Labels and Selectors). */
export const labelsSchema = z
  .record(
    z.string().regex(KEY, 'a label key such as `app`'),
    z.string().regex(VALUE, 'at most 63 letters, digits, `-`, `_` and `.`'),
  )
  .refine((labels) => Object.keys(labels).length > 0, 'at least one label')
  .readonly();

/** The schema of a name that an object has already. */
export const adoptedName = z
  .string()
  .regex(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/, 'a name such as `legacy-web`');

/** The schema of the adoption of an object by its name. */
export const adoptNameSchema = z.strictObject({ name: adoptedName }).optional();

/** The schema of the adoption of an object that is no workload. */
export const adoptObjectSchema = z
  .strictObject({ name: adoptedName.optional(), labels: labelsSchema.optional() })
  .optional();

const port = z.strictObject({
  name: z.string().min(1).max(63).optional(),
  containerPort: portNumber,
  hostPort: portNumber.optional(),
  protocol: portProtocol.optional(),
});

/** The schemas of what the pods of a running workload keep. */
export const adoptPodsShape = {
  name: adoptedName.optional(),
  podLabels: labelsSchema.optional(),
  labels: labelsSchema.optional(),
  container: z
    .strictObject({ name: adoptedName.optional(), ports: z.array(port).readonly().optional() })
    .optional(),
};

/** The schemas of what a running workload keeps. */
export const adoptShape = { ...adoptPodsShape, selector: labelsSchema };

/** The schema of the adoption of a running workload. */
export const adoptSchema = selectingItsPods(z.strictObject(adoptShape)).optional();

/** Refuses a selector that does not select the pods: no cluster takes such a workload. */
export function selectingItsPods<Adopted extends AdoptProperties, Given>(
  schema: z.ZodType<Adopted, Given>,
): z.ZodType<Adopted, Given> {
  return schema.refine(({ selector, podLabels = selector }) => hasLabels(podLabels, selector), {
    path: ['podLabels'],
    error: 'labels of the pods that have all of `selector` among them, with the same values',
  });
}

/** Whether labels have all of some others among them. */
export function hasLabels(labels: Labels, wanted: Labels): boolean {
  return Object.entries(wanted).every(([key, value]) => labels[key] === value);
}

/** The name that an adopted component has. */
export function nameOfAdopted({
  adopt,
}: {
  readonly adopt?: { readonly name?: string | undefined } | undefined;
}) {
  return adopt?.name;
}

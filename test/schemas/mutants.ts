import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '@strake/core';

/** What can be wrong with an object. */
export type Fault = 'misspelt field' | 'wrong type' | 'missing required';

/** An object with one fault in it. */
export interface Mutant {
  readonly fault: Fault;
  /** Where the fault is. */
  readonly path: string;
  readonly object: JsonObject;
}

/** Maps whose keys are the user's own words: no spelling of a key is wrong there. */
const FREE = new Set(
  (
    'annotations data encryptedData hard labels limits matchLabels requests selector stringData substitute values ' +
    'nodeSelector default defaultRequest minAllowed set'
  ).split(' '),
);

/** Fields that are maps in one kind and fields in another, by the path that ends so. */
const NOT_FREE = [/\.spec\.selector$/, /\.policy\.selector$/, /scopeSelector$/];

/** Fields of metadata and triggers that take any key. */
const FREE_PATHS = [
  /\.match\.\d+\.headers$/,
  /triggers\.\d+\.metadata$/,
  /webhooks\.\d+\.metadata$/,
  /^Service\.spec\.selector$/,
  /^Gateway\.spec\.selector$/,
];

/** Where several types are right: ports, amounts, percentages, and what takes anything. */
const MANY_TYPES =
  /(targetPort|port|maxSurge|maxUnavailable|minAvailable|cpu|memory|storage|divisor|sizeLimit|averageValue|duration|pods|thresholdRange|values)$/;

/** Fields without which no API server takes an object of the kind: from the API reference, not from our schemas. */
const REQUIRED: Readonly<Record<string, readonly string[]>> = {
  AppProject: ['spec'],
  Application: ['spec', 'spec.destination', 'spec.project'],
  Alert: ['spec.eventSources', 'spec.providerRef'],
  Canary: ['spec.targetRef', 'spec.analysis'],
  Certificate: ['spec.issuerRef', 'spec.secretName', 'spec.issuerRef.name'],
  ClusterIssuer: ['spec', 'spec.acme.server', 'spec.acme.privateKeySecretRef'],
  CronJob: ['spec.schedule', 'spec.jobTemplate', 'spec.jobTemplate.spec.template'],
  DaemonSet: [
    'spec.selector',
    'spec.template',
    'spec.template.spec.containers',
    'spec.template.spec.containers.0.name',
  ],
  Deployment: [
    'spec.selector',
    'spec.template',
    'spec.template.spec.containers',
    'spec.template.spec.containers.0.name',
    'spec.template.spec.containers.0.ports.0.containerPort',
    'spec.template.spec.containers.0.env.0.name',
    'spec.template.spec.containers.0.volumeMounts.0.mountPath',
    'spec.template.spec.containers.0.livenessProbe.httpGet.port',
    'spec.template.spec.volumes.0.name',
    'spec.template.spec.topologySpreadConstraints.0.maxSkew',
  ],
  ExternalSecret: ['spec.data.0.secretKey', 'spec.data.0.remoteRef', 'spec.data.0.remoteRef.key'],
  GitRepository: ['spec.interval', 'spec.url'],
  HelmRelease: ['spec.interval', 'spec.chart.spec', 'spec.chart.spec.chart', 'spec.chart.spec.sourceRef'],
  HorizontalPodAutoscaler: [
    'spec.maxReplicas',
    'spec.scaleTargetRef',
    'spec.scaleTargetRef.kind',
    'spec.scaleTargetRef.name',
  ],
  HTTPRoute: ['spec.parentRefs.0.name', 'spec.rules.0.backendRefs.0.name'],
  GRPCRoute: ['spec.parentRefs.0.name', 'spec.rules.0.backendRefs.0.name'],
  ImagePolicy: ['spec.imageRepositoryRef', 'spec.policy'],
  Ingress: [
    'spec.rules.0.http.paths',
    'spec.rules.0.http.paths.0.pathType',
    'spec.rules.0.http.paths.0.backend',
  ],
  Job: ['spec.template', 'spec.template.spec.containers'],
  Kustomization: [
    'spec.interval',
    'spec.prune',
    'spec.sourceRef',
    'spec.sourceRef.kind',
    'spec.sourceRef.name',
  ],
  LimitRange: ['spec.limits', 'spec.limits.0.type'],
  MetricTemplate: ['spec.provider', 'spec.query'],
  PodMonitor: ['spec.selector'],
  PrometheusRule: ['spec', 'spec.groups.0.name', 'spec.groups.0.rules.0.expr'],
  Role: ['rules.0.verbs'],
  RoleBinding: ['roleRef', 'roleRef.kind', 'roleRef.name', 'subjects.0.kind', 'subjects.0.name'],
  ScaledObject: [
    'spec.scaleTargetRef',
    'spec.triggers',
    'spec.scaleTargetRef.name',
    'spec.triggers.0.type',
    'spec.triggers.0.metadata',
  ],
  SealedSecret: ['spec', 'spec.encryptedData'],
  Service: ['spec.ports.0.port'],
  ServiceMonitor: ['spec', 'spec.selector', 'spec.endpoints'],
  StatefulSet: ['spec.selector', 'spec.template', 'spec.template.spec.containers'],
  VerticalPodAutoscaler: ['spec'],
  DestinationRule: ['spec.host', 'spec.subsets.0.name'],
  ServiceEntry: ['spec.hosts', 'spec.ports.0.number', 'spec.ports.0.name'],
  VirtualService: ['spec.http.0.route.0.destination', 'spec.http.0.route.0.destination.host'],
};

/** Every way to put one fault into an object. */
export function mutantsOf(object: JsonObject): Mutant[] {
  const kind = typeof object['kind'] === 'string' ? object['kind'] : '';
  const found: Mutant[] = [];
  const add = (
    fault: Fault,
    steps: readonly string[],
    change: (parent: Record<string, unknown>, last: string) => void,
  ) => {
    const copy = structuredClone(object);
    const last = steps.at(-1) ?? '';
    const parent = steps.slice(0, -1).reduce<unknown>((at, step) => Object(at)[step], copy);
    change(Object(parent), last);
    found.push({ fault, path: [kind, ...steps].join('.'), object: copy });
  };
  walk(object, [], (steps, value) => {
    const path = [kind, ...steps].join('.');
    const last = steps.at(-1) ?? '';
    if (['apiVersion', 'kind'].includes(path.slice(kind.length + 1))) return;
    if (!/^\d+$/.test(last) && !isFree([kind, ...steps.slice(0, -1)]))
      add('misspelt field', steps, (parent, name) => {
        parent[misspelt(name)] = parent[name];
        delete parent[name];
      });
    if (
      !isAnything([kind, ...steps]) &&
      !MANY_TYPES.test(last) &&
      !steps.some((step) => /^(limits|requests|hard|minAllowed|default|defaultRequest)$/.test(step))
    )
      add('wrong type', steps, (parent, name) => {
        parent[name] = wrong(value);
      });
  });
  for (const path of REQUIRED[kind] ?? []) {
    const steps = path.split('.');
    if (steps.reduce<unknown>((at, step) => Object(at)[step], object) === undefined) continue;
    add('missing required', steps, (parent, name) => {
      if (Array.isArray(parent)) parent.splice(Number(name), 1);
      else delete parent[name];
    });
  }
  return found;
}

function walk(
  value: JsonValue,
  steps: readonly string[],
  visit: (steps: readonly string[], value: JsonValue) => void,
): void {
  if (!isJsonArray(value) && !isJsonObject(value)) return;
  for (const [name, each] of Object.entries(value)) {
    if (each === undefined || each === null) continue;
    visit([...steps, name], each);
    walk(each, [...steps, name], visit);
  }
}

/** Whether the keys of the map at a path are free words, or it lies in what takes anything. */
function isFree(steps: readonly string[]): boolean {
  if (isAnything(steps)) return true;
  const path = steps.join('.');
  if (FREE_PATHS.some((free) => free.test(path))) return true;
  return FREE.has(steps.at(-1) ?? '') && !NOT_FREE.some((each) => each.test(path));
}

/** Whether a path leads into a chart's values. */
function isAnything(steps: readonly string[]): boolean {
  return steps[0] === 'HelmRelease' && steps.slice(1, -1).includes('values');
}

/** Two letters change places; a short word gets one too many. */
function misspelt(name: string): string {
  const at = [...name].findIndex(
    (letter, index) => index > 0 && index + 1 < name.length && letter !== name[index + 1],
  );
  return at < 0 ? `${name}x` : `${name.slice(0, at)}${name[at + 1]}${name[at]}${name.slice(at + 2)}`;
}

/** What a value of another type looks like when it is written by mistake. */
function wrong(value: JsonValue): JsonValue {
  if (typeof value === 'string') return true;
  if (typeof value === 'number') return 'some';
  if (typeof value === 'boolean') return 'yes';
  return isJsonArray(value) ? { a: 'b' } : ['a'];
}

import { applicationName, callsPrevious, SETTINGS, SIZES } from './fleet.js';

/** The six objects of one application as a program without any library writes them. */
export function objectsOf(index, applications, environment) {
  const application = applicationName(index);
  const metadata = (name) => ({ name, namespace: application, labels: labels(name, application) });
  return [
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: metadata('settings'), data: { ...SETTINGS } },
    volumeClaim(metadata),
    service(metadata),
    deployment(metadata, index, environment),
    autoscaler(metadata, environment),
    networkPolicy(metadata, index, applications),
  ];
}

/** What Strake tells other projects about the application. */
export function factsOf(index) {
  const application = applicationName(index);
  const peer = (name) => ({ application: name, component: 'web' });
  const called = { from: peer(application), to: peer(applicationName(index - 1)), port: 'http' };
  return {
    application,
    namespace: application,
    connections: callsPrevious(index) ? [called] : [],
    components: [
      {
        id: 'web',
        field: 'web',
        name: 'web',
        labels: { 'app.kubernetes.io/name': 'web' },
        ports: [{ name: 'http', port: 80, containerPort: 8080, protocol: 'TCP' }],
        capabilities: ['pods', 'scalable', 'exposed'],
      },
    ],
  };
}

function labels(name, application) {
  return {
    'app.kubernetes.io/name': name,
    'app.kubernetes.io/part-of': application,
    'app.kubernetes.io/managed-by': 'strake',
  };
}

function volumeClaim(metadata) {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: metadata('data'),
    spec: { accessModes: ['ReadWriteMany'], resources: { requests: { storage: '5Gi' } } },
  };
}

function service(metadata) {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: metadata('web'),
    spec: {
      selector: { app: 'web' },
      ports: [{ name: 'http', port: 80, targetPort: 'http', protocol: 'TCP', appProtocol: 'http' }],
    },
  };
}

function deployment(metadata, index, environment) {
  const { labels: own, ...named } = metadata('web');
  const all = { ...own, 'app.kubernetes.io/version': `1.4.${index}` };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { ...named, labels: all },
    spec: {
      selector: { matchLabels: { app: 'web' } },
      template: { metadata: { labels: { app: 'web', ...all } }, spec: podSpec(index, environment) },
    },
  };
}

function podSpec(index, environment) {
  return {
    containers: [container(index, environment)],
    volumes: [
      { name: 'settings', configMap: { name: 'settings' } },
      { name: 'data', persistentVolumeClaim: { claimName: 'data' } },
    ],
    topologySpreadConstraints: [
      {
        maxSkew: 1,
        topologyKey: 'topology.kubernetes.io/zone',
        whenUnsatisfiable: 'ScheduleAnyway',
        labelSelector: { matchLabels: { app: 'web' } },
      },
    ],
  };
}

function container(index, environment) {
  const { requests, limits } = SIZES[environment];
  return {
    name: 'web',
    image: `registry.example.com/team-${index % 40}/${applicationName(index)}:1.4.${index}`,
    args: ['--listen', ':8080', '--config', '/etc/web/settings.yaml'],
    env: [
      { name: 'LOG_LEVEL', valueFrom: { configMapKeyRef: { name: 'settings', key: 'LOG_LEVEL' } } },
      { name: 'JAVA_OPTS', value: '-XX:MaxRAMPercentage=75 -Dfile.encoding=UTF-8' },
      ...(callsPrevious(index) ? [{ name: 'UPSTREAM', value: `web.${applicationName(index - 1)}:80` }] : []),
    ],
    ports: [{ name: 'http', containerPort: 8080, protocol: 'TCP' }],
    resources: { requests: { ...requests }, limits: { ...limits } },
    readinessProbe: { httpGet: { path: '/ready', port: 'http' }, periodSeconds: 5 },
    livenessProbe: { httpGet: { path: '/live', port: 'http' }, initialDelaySeconds: 20 },
    volumeMounts: [
      { name: 'settings', mountPath: '/etc/web' },
      { name: 'data', mountPath: '/var/lib/web' },
    ],
  };
}

function autoscaler(metadata, environment) {
  const { min, max } = SIZES[environment].replicas;
  const target = { type: 'Utilization', averageUtilization: 75 };
  return {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: metadata('web'),
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
      minReplicas: min,
      maxReplicas: max,
      metrics: [{ type: 'ContainerResource', containerResource: { name: 'cpu', container: 'web', target } }],
    },
  };
}

function networkPolicy(metadata, index, applications) {
  const isCalled = index + 1 < applications && callsPrevious(index + 1);
  const dns = ['UDP', 'TCP'].map((protocol) => ({ protocol, port: 53 }));
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: metadata('web'),
    spec: {
      podSelector: { matchLabels: webLabels(metadata('web').namespace) },
      policyTypes: ['Ingress', 'Egress'],
      ingress: [
        ...(isCalled ? [{ from: [pods(applicationName(index + 1))], ports: meshPorts() }] : []),
        { from: [{ ipBlock: { cidr: '169.254.7.127/32' } }] },
      ],
      egress: [
        { to: [pods('kube-system', { 'k8s-app': 'kube-dns' })], ports: dns },
        ...(callsPrevious(index) ? [{ to: [pods(applicationName(index - 1))], ports: meshPorts() }] : []),
      ],
    },
  };
}

function webLabels(application) {
  return { 'app.kubernetes.io/name': 'web', 'app.kubernetes.io/part-of': application };
}

function pods(namespace, matchLabels = webLabels(namespace)) {
  return {
    namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
    podSelector: { matchLabels },
  };
}

function meshPorts() {
  return [8080, 15008].map((port) => ({ protocol: 'TCP', port }));
}

import { Duration, Size } from 'cdk8s';
import * as plus from 'cdk8s-plus-28';
import { applicationName, callsPrevious, SETTINGS, SIZES } from '../fleet.js';
import { synthEach } from '../tools/each-app.js';

/** The same six objects as its users write them with cdk8s-plus-28. It has no field for some of what the floor has. */
export function run(options) {
  synthEach(options, (chart, index, environment) => {
    const settings = new plus.ConfigMap(chart, 'settings', { metadata: named('settings'), data: SETTINGS });
    const data = new plus.PersistentVolumeClaim(chart, 'data', {
      metadata: named('data'),
      accessModes: [plus.PersistentVolumeAccessMode.READ_WRITE_MANY],
      storage: Size.gibibytes(5),
    });
    const deployment = webDeployment(chart, index, environment, { settings, data });
    deployment.exposeViaService({
      name: 'web',
      ports: [{ name: 'http', port: 80, targetPort: 8080, protocol: plus.Protocol.TCP }],
    });
    autoscaler(chart, environment, deployment);
    networkPolicy(chart, index, options.applications, deployment);
  });
}

const named = (name) => ({ name });

function webDeployment(chart, index, environment, { settings, data }) {
  const deployment = new plus.Deployment(chart, 'web', { metadata: named('web'), spread: false });
  const { requests, limits } = SIZES[environment];
  deployment.scheduling.spread({ topology: plus.Topology.ZONE, weight: 1 });
  const container = deployment.addContainer({
    name: 'web',
    image: `registry.example.com/team-${index % 40}/${applicationName(index)}:1.4.${index}`,
    args: ['--listen', ':8080', '--config', '/etc/web/settings.yaml'],
    ports: [{ name: 'http', number: 8080 }],
    envVariables: {
      LOG_LEVEL: plus.EnvValue.fromConfigMap(settings, 'LOG_LEVEL'),
      JAVA_OPTS: plus.EnvValue.fromValue('-XX:MaxRAMPercentage=75 -Dfile.encoding=UTF-8'),
      ...(callsPrevious(index) && {
        UPSTREAM: plus.EnvValue.fromValue(`web.${applicationName(index - 1)}:80`),
      }),
    },
    resources: {
      cpu: { request: plus.Cpu.millis(Number.parseInt(requests.cpu, 10)) },
      memory: { request: sizeOf(requests.memory), limit: sizeOf(limits.memory) },
    },
    readiness: plus.Probe.fromHttpGet('/ready', { port: 8080, periodSeconds: Duration.seconds(5) }),
    liveness: plus.Probe.fromHttpGet('/live', { port: 8080, initialDelaySeconds: Duration.seconds(20) }),
  });
  container.mount('/etc/web', plus.Volume.fromConfigMap(chart, 'settings-volume', settings));
  container.mount('/var/lib/web', plus.Volume.fromPersistentVolumeClaim(chart, 'data-volume', data));
  return deployment;
}

function autoscaler(chart, environment, target) {
  const { min, max } = SIZES[environment].replicas;
  const metric = { container: target.containers[0], target: plus.MetricTarget.averageUtilization(75) };
  return new plus.HorizontalPodAutoscaler(chart, 'autoscaler', {
    metadata: named('web'),
    target,
    minReplicas: min,
    maxReplicas: max,
    metrics: [plus.Metric.containerCpu(metric)],
  });
}

function sizeOf(quantity) {
  const amount = Number.parseInt(quantity, 10);
  return quantity.endsWith('Gi') ? Size.gibibytes(amount) : Size.mebibytes(amount);
}

function networkPolicy(chart, index, applications, deployment) {
  const policy = new plus.NetworkPolicy(chart, 'policy', { metadata: named('web'), selector: deployment });
  const ports = [8080, 15008].map((port) => plus.NetworkPolicyPort.tcp(port));
  const isCalled = index + 1 < applications && callsPrevious(index + 1);
  if (isCalled) policy.addIngressRule(pods(chart, 'caller', applicationName(index + 1)), ports);
  policy.addIngressRule(plus.NetworkPolicyIpBlock.ipv4(chart, 'probes', '169.254.7.127/32'));
  const dns = [plus.NetworkPolicyPort.udp(53), plus.NetworkPolicyPort.tcp(53)];
  policy.addEgressRule(pods(chart, 'dns', 'kube-system', { 'k8s-app': 'kube-dns' }), dns);
  if (callsPrevious(index)) policy.addEgressRule(pods(chart, 'callee', applicationName(index - 1)), ports);
}

function pods(chart, id, namespace, labels = { 'app.kubernetes.io/name': 'web' }) {
  return plus.Pods.select(chart, id, {
    labels,
    namespaces: plus.Namespaces.select(chart, `${id}-namespace`, {
      labels: { 'kubernetes.io/metadata.name': namespace },
    }),
  });
}

import { k8s } from 'cdk8s-plus-28';
import { objectsOf } from '../objects.js';
import { synthEach } from '../tools/each-app.js';

const CLASSES = {
  ConfigMap: k8s.KubeConfigMap,
  PersistentVolumeClaim: k8s.KubePersistentVolumeClaim,
  Service: k8s.KubeService,
  Deployment: k8s.KubeDeployment,
  HorizontalPodAutoscaler: k8s.KubeHorizontalPodAutoscalerV2,
  NetworkPolicy: k8s.KubeNetworkPolicy,
};

/** The floor's objects through the generated classes of cdk8s. */
export function run(options) {
  synthEach(options, (chart, index, environment) => {
    return objectsOf(index, options.applications, environment).map((object) => {
      const { apiVersion: _, kind, ...properties } = object;
      return new CLASSES[kind](chart, `${kind}-${object.metadata.name}`, typed(properties, kind));
    });
  });
}

/** The generated classes want their own types for ports and quantities. */
function typed(value, kind, key, parent) {
  if (Array.isArray(value)) return value.map((each) => typed(each, kind, undefined, key));
  if (typeof value === 'object') {
    return Object.fromEntries(
      Object.entries(value).map(([name, each]) => [name, typed(each, kind, name, key ?? parent)]),
    );
  }
  if (parent === 'requests' || parent === 'limits') return k8s.Quantity.fromString(value);
  const isPort = key === 'targetPort' || (key === 'port' && kind !== 'Service');
  if (!isPort) return value;
  return typeof value === 'number' ? k8s.IntOrString.fromNumber(value) : k8s.IntOrString.fromString(value);
}

import { deployment, object } from '../../../../test/sample-objects.ts';
import { testRules } from '../../../../test/rule-samples.ts';
import { noEmptyField } from './empty-fields.ts';

const policy = (spec: Parameters<typeof object>[2]) =>
  object('networking.k8s.io/v1/NetworkPolicy', 'web', spec);
const spread = (labelSelector: Parameters<typeof object>[2]) =>
  deployment({}, { pod: { topologySpreadConstraints: [{ maxSkew: 1, labelSelector }] } });

testRules([
  {
    rule: noEmptyField,
    trips: [
      policy({
        podSelector: { matchLabels: {} },
        policyTypes: ['Egress'],
        egress: [],
        ingress: [{ from: [] }],
      }),
      spread({ matchLabels: { app: 'web' }, matchExpressions: [] }),
    ],
    written: [
      'NetworkPolicy `web`: `spec.podSelector.matchLabels` is empty',
      'NetworkPolicy `web`: `spec.egress` is empty',
      'NetworkPolicy `web`: `spec.ingress[0].from` is empty',
      'Deployment `web`: `topologySpreadConstraints[0].labelSelector.matchExpressions` is empty',
    ],
    passes: [
      [policy({ podSelector: {}, policyTypes: ['Ingress', 'Egress'], ingress: [{}] })],
      [spread({ matchLabels: { app: 'web' } })],
      [deployment({}, { pod: { volumes: [{ name: 'tmp', emptyDir: {} }] } })],
    ],
  },
]);

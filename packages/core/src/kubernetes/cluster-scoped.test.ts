import { expect, test } from 'vitest';
import { isClusterScoped } from './cluster-scoped.ts';

test.each([
  ['v1', 'Namespace'],
  ['v1', 'Node'],
  ['v1', 'PersistentVolume'],
  ['rbac.authorization.k8s.io/v1', 'ClusterRole'],
  ['rbac.authorization.k8s.io/v1', 'ClusterRoleBinding'],
  ['storage.k8s.io/v1', 'StorageClass'],
  ['scheduling.k8s.io/v1', 'PriorityClass'],
  ['networking.k8s.io/v1', 'IngressClass'],
  ['apiextensions.k8s.io/v1', 'CustomResourceDefinition'],
  ['apiregistration.k8s.io/v1', 'APIService'],
  ['admissionregistration.k8s.io/v1', 'ValidatingAdmissionPolicyBinding'],
  ['admissionregistration.k8s.io/v1', 'MutatingWebhookConfiguration'],
  ['cert-manager.io/v1', 'ClusterIssuer'],
  ['kyverno.io/v1', 'ClusterPolicy'],
  ['gateway.networking.k8s.io/v1', 'GatewayClass'],
])('%s %s belongs to no namespace', (apiVersion, kind) => {
  expect(isClusterScoped(apiVersion, kind)).toBe(true);
});

test.each([
  ['v1', 'Service'],
  ['apps/v1', 'Deployment'],
  ['rbac.authorization.k8s.io/v1', 'Role'],
  ['authorization.k8s.io/v1', 'LocalSubjectAccessReview'],
  ['coordination.k8s.io/v1', 'Lease'],
  ['cert-manager.io/v1', 'Issuer'],
  ['example.org/v1', 'Namespace'],
  ['example.org/v1', 'constructor'],
])('%s %s belongs to a namespace', (apiVersion, kind) => {
  expect(isClusterScoped(apiVersion, kind)).toBe(false);
});

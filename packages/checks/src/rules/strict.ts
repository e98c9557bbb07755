import type { Rule } from '@strake/core';
import { requireContainerPortName, requireContainerResources } from './containers.ts';
import { noMissingGateway, noMissingGatewayClass } from './gateways.ts';
import { requireImageDigest } from './images.ts';
import { noMissingNamespace } from './namespaces.ts';
import { requireProbe } from './probes.ts';
import { recommended } from './recommended.ts';
import { requireSecurityContext } from './security.ts';
import { noMissingPv } from './storage.ts';

/**
 * The recommended rules, and those that ask for hardening or for a project that makes everything which its cluster has.
 */
export const strict: readonly Rule[] = [
  ...recommended,
  noMissingGateway,
  noMissingGatewayClass,
  noMissingNamespace,
  noMissingPv,
  requireContainerPortName,
  requireContainerResources,
  requireImageDigest,
  requireProbe,
  requireSecurityContext,
];

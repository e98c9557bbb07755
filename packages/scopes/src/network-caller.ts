import {
  Exposed,
  type ApplicationScopeContext,
  type Component,
  type ExposedPort,
  type JsonObject,
} from '@strake/core';
import { mapsIn, numberIn, textIn } from './json-parts.ts';
import type { NetworkCallerProperties, NetworkPeerProperties } from './network-peer.ts';
import { outsidePort } from './network-rule.ts';
import { writtenPods } from './written-pods.ts';

/** A port that a component's pods listen on; its `port` is that of the Service, where it has one. */
export type ListenedPort = Omit<ExposedPort, 'port'> & { readonly port?: number };

/** Whether something is opened for a component. */
export function isFor(
  { components }: Pick<NetworkPeerProperties, 'components'>,
  application: string,
  component: Component,
): boolean {
  const path = `${application}/${component.node.id}`;
  return components?.some((name) => name === application || name === path) ?? true;
}

/** The ports that a component's pods listen on, as its Service and its containers say. */
export function listenedPorts(
  component: Component,
  context: Pick<ApplicationScopeContext, 'edit'>,
): ListenedPort[] {
  const exposed = Exposed.tryOf(component)?.ports ?? [];
  const written = (writtenPods(component, context)?.containers ?? [])
    .flatMap(({ fields }) => mapsIn(fields['ports']))
    .flatMap((port): ListenedPort[] => {
      const containerPort = numberIn(port['containerPort']);
      const protocol = protocolIn(textIn(port['protocol']));
      return containerPort === undefined
        ? []
        : [{ name: textIn(port['name']) ?? String(containerPort), containerPort, protocol }];
    });
  const isOther = ({ name, containerPort, protocol }: ListenedPort) =>
    exposed.every(
      (each) => each.name !== name && (each.containerPort !== containerPort || each.protocol !== protocol),
    );
  return [...exposed, ...written.filter(isOther)];
}

function protocolIn(text = 'TCP'): ExposedPort['protocol'] {
  return text === 'UDP' || text === 'SCTP' ? text : 'TCP';
}

/**
 * The ports of a component that a caller is let in on. What a number says for all components is a platform's custom, so it is
 * opened whether a container names it or not; for a named component it has to be one that it has.
 */
export function openedPorts(
  { components, ports = [] }: NetworkCallerProperties,
  listened: readonly ListenedPort[],
): JsonObject[] {
  return ports
    .filter((port) => hasPort(listened, port) || (components === undefined && typeof port !== 'string'))
    .flatMap((port) => (typeof port === 'string' ? named(listened, port) : [outsidePort(port)]));
}

function named(listened: readonly ListenedPort[], wanted: string): JsonObject[] {
  return listened
    .filter(({ name }) => name === wanted)
    .map(({ containerPort, protocol }) => ({ protocol, port: containerPort }));
}

/** Whether pods listen on a port, or on one of a range. */
export function hasPort(
  listened: readonly ListenedPort[],
  wanted: NonNullable<NetworkCallerProperties['ports']>[number],
): boolean {
  if (typeof wanted === 'string') return listened.some(({ name }) => name === wanted);
  const { port, endPort = port, protocol = 'TCP' } = typeof wanted === 'number' ? { port: wanted } : wanted;
  return listened.some(
    (each) => each.protocol === protocol && each.containerPort >= port && each.containerPort <= endPort,
  );
}

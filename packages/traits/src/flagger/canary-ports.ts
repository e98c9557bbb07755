import type { ExposedPort } from '@strake/core';
import { isHttp, namesOf } from '../http-ports.ts';
import type { Provider } from './provider.ts';
import type { Problem } from './rollout-target.ts';

/** What Flagger is told of a component's ports. */
interface Asked {
  readonly trait: string;
  readonly provider: Provider;
  readonly portName?: string | undefined;
  readonly gateways?: readonly string[] | undefined;
  /** Whether requests are told apart or changed, and not only connections counted. */
  readonly readsRequests: boolean;
}

/** The port whose traffic is shifted. */
export function shiftedPort(
  ports: readonly ExposedPort[],
  portName: string | undefined,
): ExposedPort | undefined {
  if (portName !== undefined) return ports.find(({ name }) => name === portName);
  return ports.find(isHttp) ?? ports[0];
}

/** What of the ports Flagger's Services would not have as the component's own Service has it. */
export function portProblems(
  ports: readonly ExposedPort[],
  { trait, provider, portName, gateways, readsRequests }: Asked,
): Problem[] {
  const shifted = shiftedPort(ports, portName);
  if (shifted === undefined) return [unknownPort(trait, portName ?? '', ports)];
  const others = ports.filter((port) => port !== shifted);
  const problems = ports.filter(({ protocol }) => protocol !== 'TCP').map((port) => notTcp(trait, port));
  const isRead = readsRequests || provider === 'gatewayapi:v1' || provider === 'nginx';
  if (isRead && !isHttp(shifted)) problems.push(notHttp(trait, provider, shifted));
  for (const port of others) if (port.port !== port.containerPort) problems.push(notDiscovered(trait, port));
  if (provider === 'istio' && gateways !== undefined && others.some(isHttp))
    problems.push(joined(trait, shifted, ports));
  return problems;
}

function unknownPort(trait: string, name: string, ports: readonly ExposedPort[]): Problem {
  return {
    code: 'reference-unknown',
    written: `the port \`${name}\`, which \`${trait}\` is to shift the traffic of`,
    allowed: namesOf(ports),
    fix: 'Name a port of the component.',
  };
}

function notTcp(trait: string, { name, protocol }: ExposedPort): Problem {
  return {
    code: 'trait-misplaced',
    written: `the trait \`${trait}\` on a component whose port \`${name}\` is of ${protocol}`,
    allowed: 'TCP ports, the only ones that the Services of Flagger have',
    fix: `Detach \`${trait}\`, or serve the port from another component.`,
  };
}

function notHttp(trait: string, provider: Provider, { name }: ExposedPort): Problem {
  return {
    code: 'trait-misplaced',
    written: `the trait \`${trait}\` with ${provider} reads the requests to \`${name}\``,
    allowed:
      'a port that speaks HTTP; of others Istio shifts connections, and plain Kubernetes replaces the pods',
    fix: 'Name another port with `portName`, or use `blueGreen` on plain Kubernetes.',
  };
}

function notDiscovered(trait: string, { name, port, containerPort }: ExposedPort): Problem {
  return {
    code: 'trait-misplaced',
    written: `the trait \`${trait}\` on a component whose port \`${name}\` is ${port} of the Service and ${containerPort} of the container`,
    allowed:
      "one number for each port besides the one that is shifted: Flagger's Services take the container's",
    fix: `Give \`${name}\` one number, or shift it with \`portName\`.`,
  };
}

function joined(trait: string, { name }: ExposedPort, ports: readonly ExposedPort[]): Problem {
  return {
    code: 'property-invalid',
    severity: 'warning',
    written: `\`gateways\` beside \`${trait}\` on a component with the ports ${namesOf(ports)}`,
    allowed: `one HTTP port: with gateways Flagger leads all requests to \`${name}\`, those within the mesh too`,
    fix: 'Serve the other ports from another component, or drop the gateways.',
  };
}

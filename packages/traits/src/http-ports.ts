import type { ExposedPort, TraitContext } from '@strake/core';

/** Protocols whose contents neither a mesh nor a gateway reads (istio.io, protocol selection). All other names are taken for HTTP. */
const OPAQUE = new Set(['https', 'mongo', 'mysql', 'redis', 'tcp', 'tls', 'udp']);

/** Whether what goes through a port is read as HTTP. */
export function isHttp({ name, protocol }: ExposedPort): boolean {
  const [prefix = ''] = name.split('-', 1);
  return protocol === 'TCP' && !OPAQUE.has(prefix);
}

/** Ports, by their names. */
export function namesOf(all: readonly ExposedPort[]): string {
  return all.length === 0 ? 'none' : all.map(({ name }) => `\`${name}\``).join(', ');
}

/** A port, or why it cannot be said which. */
export type ChosenPort =
  | { readonly port: ExposedPort }
  | { readonly problem: Parameters<TraitContext['report']>[0] };

/** The port of that name; without a name the only one, or the only one that speaks HTTP. */
export function chosenPort(all: readonly ExposedPort[], name: string | undefined, trait: string): ChosenPort {
  const http = all.filter(isHttp);
  const only = all.length === 1 ? all[0] : http.length === 1 ? http[0] : undefined;
  const port = name === undefined ? only : all.find((each) => each.name === name);
  if (port !== undefined) return { port };
  return {
    problem: {
      code: name === undefined ? 'property-invalid' : 'reference-unknown',
      written:
        name === undefined
          ? `\`${trait}\` leads to a component with the ports ${namesOf(all)}`
          : `\`port\` of \`${trait}\` is \`${name}\``,
      allowed: `a port of the component: ${namesOf(all)}`,
      fix: 'Name the port with `port`.',
    },
  };
}

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server on loopback that answers `/200` with status 200, `/500` with status 500, and so on. */
export interface AnswerServer {
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts it on a free port. */
export async function startAnswerServer(): Promise<AnswerServer> {
  const server = createServer((request, response) => {
    request.resume();
    response.writeHead(Number(request.url?.slice(1)) || 404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

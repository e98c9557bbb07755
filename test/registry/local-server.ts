import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/** A server on a free port of this machine, and the requests that it got. */
export interface LocalServer {
  /** `127.0.0.1:<port>`. */
  readonly host: string;
  readonly requests: {
    readonly method: string;
    readonly url: string;
    readonly authorization: string | undefined;
  }[];
  close(): void;
}

/** Starts a server. What the answer throws is a 500. */
export async function localServer(
  answer: (request: IncomingMessage, response: ServerResponse) => unknown,
): Promise<LocalServer> {
  const requests: LocalServer['requests'] = [];
  const server = createServer((request, response) => {
    const { method = '', url = '', headers } = request;
    requests.push({ method, url, authorization: headers.authorization });
    try {
      void answer(request, response);
    } catch {
      response.writeHead(500).end();
    }
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    host: `127.0.0.1:${port}`,
    requests,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

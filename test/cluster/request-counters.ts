import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const REQUESTS_PER_SECOND = 50;

/** Counts requests of one workload as a proxy of Istio does, and shows the counters to Prometheus. No request flows. */
export interface RequestCounters {
  readonly url: string;
  /** From now on this share of the requests fails, from 0 to 1. */
  fail(share: number): void;
  stop(): Promise<void>;
}

/** Starts it on a free port of loopback, all requests succeeding. */
export async function startRequestCounters(of: {
  readonly workload: string;
  readonly namespace: string;
}): Promise<RequestCounters> {
  const count = { 200: 0, 500: 0 };
  let failing = 0;
  let since = Date.now();
  const advance = (): void => {
    const requests = ((Date.now() - since) / 1000) * REQUESTS_PER_SECOND;
    since = Date.now();
    count[200] += requests * (1 - failing);
    count[500] += requests * failing;
  };
  const server = createServer((_, response) => {
    advance();
    const labels = `destination_workload="${of.workload}",destination_workload_namespace="${of.namespace}"`;
    const lines = Object.entries(count).map(
      ([code, value]) => `istio_requests_total{${labels},response_code="${code}"} ${value}\n`,
    );
    response.setHeader('content-type', 'text/plain; version=0.0.4');
    response.end(`# TYPE istio_requests_total counter\n${lines.join('')}`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    fail: (share) => {
      advance();
      failing = share;
    },
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

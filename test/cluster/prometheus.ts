import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startChild, throwEnded } from './child.ts';
import { createOwnFolder } from './cluster-folder.ts';
import { debianProgram } from './debian-program.ts';
import { eventually } from './eventually.ts';
import { freePorts } from './free-ports.ts';

/** A running Prometheus that asks one target every second. */
export interface Prometheus {
  /** Where it is reached, as in `http://127.0.0.1:9090`. */
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts Prometheus on a free port of loopback, and waits until the target's `/metrics` was read. */
export async function startPrometheus(target: string): Promise<Prometheus> {
  const program = debianProgram('prometheus');
  if ('missing' in program) throw new Error(program.missing);
  const folder = createOwnFolder();
  const [port = 0] = await freePorts(1);
  const config = join(folder, 'prometheus.json');
  writeFileSync(config, JSON.stringify(configFor(target)));
  const flags = [
    `--config.file=${config}`,
    `--storage.tsdb.path=${join(folder, 'data')}`,
    `--web.listen-address=127.0.0.1:${port}`,
  ];
  const child = startChild({ name: 'prometheus', program: program.path, flags, folder });
  const url = `http://127.0.0.1:${port}`;
  const stop = async (): Promise<void> => {
    await child.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await eventually('Prometheus has read its target', () => wasRead(url), {
      check: () => throwEnded([child]),
    });
    return { url, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** JSON is YAML, which is what Prometheus reads. */
function configFor(target: string) {
  return {
    global: { scrape_interval: '1s', scrape_timeout: '1s' },
    scrape_configs: [{ job_name: 'tests', static_configs: [{ targets: [new URL(target).host] }] }],
  };
}

async function wasRead(url: string): Promise<true | undefined> {
  try {
    const answer = await fetch(`${url}/api/v1/query?query=up`);
    return (await answer.text()).includes(',"1"]') ? true : undefined;
  } catch {
    return undefined;
  }
}

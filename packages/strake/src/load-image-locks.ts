import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import {
  lockImages,
  type Config,
  type Finding,
  type Inputs,
  type JsonValue,
  type LockedApplication,
  type RenderedApplication,
} from '@strake/core';
import { imageLockInput, imageLockValue } from '@strake/core/tools';
import { imageFindings, openImageLocks } from '@strake/gitops';
import type { LoadedConfig } from './load-config.ts';
import type { LoadedInputs } from './load-inputs.ts';

/** The folder of the GitOps repository: the one of the command line, else the configured one. */
export function repositoryFolder(
  { config, directory }: LoadedConfig,
  out: string | undefined,
  workingDirectory: string,
): string {
  return out === undefined
    ? resolve(directory, config.repository?.path ?? 'gitops')
    : resolve(workingDirectory, out);
}

/** Reads the image locks of the wanted applications from the GitOps repository. */
export async function loadImageLocks(
  { platform, applications }: Config,
  repository: string,
  wanted: { readonly env?: readonly string[]; readonly app?: readonly string[] },
): Promise<LoadedInputs> {
  const inputs = new Map<string, JsonValue>();
  const findings: Finding[] = [];
  if (!existsSync(join(repository, 'images'))) return { inputs, findings };
  const locks = openImageLocks(repository);
  const environments = (platform?.environments ?? [{ name: 'default' }]).map(({ name }) => name);
  for (const environment of environments.filter((name) => wanted.env?.includes(name) ?? true)) {
    for (const application of Object.keys(applications).filter(
      (name) => wanted.app?.includes(name) ?? true,
    )) {
      const lock = await locks.read(environment, application);
      findings.push(...lock.findings);
      if (lock.images.length > 0)
        inputs.set(imageLockInput(environment, application), imageLockValue(lock.images));
    }
  }
  return { inputs, findings };
}

/** Applications with their images decided, one after the other. */
export function* lockedApplications(
  rendered: Iterable<RenderedApplication>,
  inputs: Inputs,
  report: (finding: Finding) => void,
): Generator<LockedApplication> {
  for (const each of rendered) {
    const locked = lockImages(each, inputs, report);
    for (const problem of imageFindings(locked)) report(problem);
    yield locked;
  }
}

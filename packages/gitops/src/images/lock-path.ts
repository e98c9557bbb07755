import { applicationFolder, ENVIRONMENTS } from '../layout.ts';

/** The folder that holds all image locks; no agent syncs it. */
export const IMAGES = 'images';

/** The folder of an application's image lock. */
export function imageLockFolder(environment: string, application: string): string {
  const folder = applicationFolder(environment, application).slice(ENVIRONMENTS.length);
  return `${IMAGES}${folder}`;
}

/** The path of an application's image lock in the repository. */
export function imageLockPath(environment: string, application: string): string {
  return `${imageLockFolder(environment, application)}/kustomization.yaml`;
}

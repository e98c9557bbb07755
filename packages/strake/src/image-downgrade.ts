import { finding, type Finding } from '@strake/core';
import { imageLockPath } from '@strake/gitops';
import type { ProjectImage } from './project-images.ts';

/** An older tag in the place of a newer one, which somebody has to want. */
export function imageDowngrade(
  { environment, application, reference, locked }: ProjectImage,
  tag: string,
): Finding {
  const said = finding({
    code: 'image-downgrade',
    path: imageLockPath(environment, application),
    written: `\`${reference.name}\` would go from \`${locked?.newTag ?? ''}\` back to \`${tag}\``,
    allowed: 'tags that are not older than the locked one',
    fix: 'Push the newer tag again or correct the policy; or accept it with `--allow-downgrade`.',
  });
  return { ...said, environments: [environment] };
}

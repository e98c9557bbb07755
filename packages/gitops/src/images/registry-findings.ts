import { finding, StrakeError, type Finding, type FindingCode } from '@strake/core';
import { connectionFix } from '../connection-fix.ts';
import { registryOf } from './registry-name.ts';

/** What a registry did not do, as an error that names the image. */
export function registryError(
  image: string,
  code: FindingCode,
  written: string,
  cause?: unknown,
): StrakeError {
  const { allowed, fix } = saidOf(image, code, cause);
  return new StrakeError([finding({ code, path: image, written, allowed, fix })], { cause });
}

/** What a status other than success means. */
export function statusError(image: string, what: string, { status, headers }: Response): StrakeError {
  const written = `the registry answers ${status} to ${what}`;
  if (status === 401 || status === 403) return registryError(image, 'registry-denied', written);
  if (status === 404) return registryError(image, 'registry-missing', written);
  if (status === 429) {
    const after = /^\d{1,6}$/.exec(headers.get('retry-after') ?? '')?.[0];
    const wait = after === undefined ? '' : `; it asks to wait ${after} seconds`;
    return registryError(image, 'registry-unavailable', `${written}: too many requests${wait}`);
  }
  return registryError(image, status >= 500 ? 'registry-unavailable' : 'registry-answer-invalid', written);
}

function saidOf(image: string, code: FindingCode, cause: unknown): Pick<Finding, 'allowed' | 'fix'> {
  const { registry } = registryOf(image);
  const login = registry === 'docker.io' ? '`docker login`' : `\`docker login ${registry}\``;
  if (code === 'registry-denied')
    return {
      allowed:
        'credentials that may read the image, in `$DOCKER_CONFIG/config.json` or `~/.docker/config.json`',
      fix: `Run ${login}, or ask for the right to read the image.`,
    };
  if (code === 'registry-missing')
    return {
      allowed: 'an image and a tag that the registry has',
      fix: `Correct the name, or push the image first. Some registries also say this to those whom they do not know: ${login}.`,
    };
  if (code === 'registry-unavailable')
    return {
      allowed: 'a registry that answers in time',
      fix:
        cause === undefined
          ? `Run the command again later. Some registries answer more calls after ${login}.`
          : connectionFix(
              cause,
              'Check the name of the registry and the network, and run the command again.',
            ),
    };
  return {
    allowed: 'what the OCI distribution specification says',
    fix: 'Check the name of the registry, and any proxy on the way to it.',
  };
}

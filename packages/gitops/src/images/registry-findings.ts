import { finding, StrakeError, type FindingCode } from '@strake/core';

/** What a registry did not do, as an error that names the image. */
export function registryError(
  image: string,
  code: FindingCode,
  written: string,
  cause?: unknown,
): StrakeError {
  const { allowed, fix } = SAID[code] ?? SAID['registry-answer-invalid'] ?? { allowed: '', fix: '' };
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

const SAID: Partial<Record<FindingCode, { readonly allowed: string; readonly fix: string }>> = {
  'registry-denied': {
    allowed: 'credentials that may read the image, in the configuration of Docker',
    fix: 'Run `docker login` for the registry, or ask for the right to read the image.',
  },
  'registry-missing': {
    allowed: 'an image and a tag that the registry has',
    fix: 'Correct the name, or push the image first. Some registries also say this where credentials are missing.',
  },
  'registry-unavailable': {
    allowed: 'a registry that answers in time',
    fix: 'Run the command again later.',
  },
  'registry-answer-invalid': {
    allowed: 'what the OCI distribution specification says',
    fix: 'Check the name of the registry, and any proxy on the way to it.',
  },
};

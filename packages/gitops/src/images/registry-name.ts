/** Where an image is. */
export interface RegistryName {
  /** Scheme and host of the API. */
  readonly origin: string;
  /** Host as credentials are filed under: `docker.io` for Docker Hub. */
  readonly registry: string;
  readonly repository: string;
}

/** Where the registry of an image is. A name without a host is one of Docker Hub. */
export function registryOf(image: string): RegistryName {
  const [first = '', ...rest] = image.split('/');
  const hasHost = rest.length > 0 && (/[.:]/.test(first) || first === 'localhost');
  const registry = hasHost ? first : 'docker.io';
  const repository = hasHost ? rest.join('/') : image;
  if (registry === 'docker.io' || registry === 'index.docker.io') {
    return {
      origin: 'https://registry-1.docker.io',
      registry: 'docker.io',
      repository: repository.includes('/') ? repository : `library/${repository}`,
    };
  }
  const scheme = isLoopback(registry.replace(/:\d+$/, '')) ? 'http' : 'https';
  return { origin: `${scheme}://${registry}`, registry, repository };
}

/** Whether a host is this machine, which is the only one that is spoken to without TLS. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(host);
}

/** Whether a request may go there: over TLS, or to this machine from this machine. */
export function isSafeUrl(url: URL, origin: string): boolean {
  if (url.username !== '' || url.password !== '') return false;
  if (url.protocol === 'https:') return true;
  return url.protocol === 'http:' && isLoopback(url.hostname) && isLoopback(new URL(origin).hostname);
}

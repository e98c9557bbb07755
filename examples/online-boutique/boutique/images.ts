const REGISTRY = 'us-central1-docker.pkg.dev/online-boutique-ci/microservices-demo';

/** The image of a service, as the last release of Online Boutique has it. */
export function released(service: string): string {
  return `${REGISTRY}/${service}:v0.10.6`;
}

/** What is said of a container's rights that Kubernetes, or common sense, does not take. */
export const PRIVILEGED = {
  code: 'property-invalid',
  severity: 'warning',
  written: '`privileged` of `containerSecurityContext`: processes may do on the node whatever root may',
  allowed: 'single rights in `capabilities`',
  fix: 'Name the rights that the container needs.',
} as const;

/** Kubernetes does not start such a container. */
export const ROOT = {
  code: 'property-invalid',
  written:
    'the container must not run with the user 0, and `containerSecurityContext` or `podSecurityContext` gives it that user',
  allowed: 'another user: Kubernetes does not start the container',
  fix: 'Give `runAsUser` another number.',
} as const;

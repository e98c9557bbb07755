import type { Binding } from './binding.ts';

/**
 * The volume of a binding's files, and the annotations that some of them come from: what is no key of the Secret is
 * read from the pod itself.
 */
export function bindingVolume(name: string, secret: string, { type, provider, files }: Binding) {
  const said = Object.entries({ type, provider }).flatMap(([path, value]) =>
    value === undefined ? [] : [{ path, value, annotation: `projector.servicebinding.io/${path}-${name}` }],
  );
  const keys = Array.isArray(files)
    ? files.filter((key) => said.every(({ path }) => path !== key))
    : undefined;
  const items = keys?.map((key) => ({ key, path: key }));
  const fields = said.map(({ path, annotation }) => ({
    path,
    fieldRef: { fieldPath: `metadata.annotations['${annotation}']` },
  }));
  return {
    volume: {
      name: `binding-${name}`,
      projected: {
        sources: [
          { secret: { name: secret, items } },
          ...(fields.length === 0 ? [] : [{ downwardAPI: { items: fields } }]),
        ],
      },
    },
    annotations: Object.fromEntries(said.map(({ annotation, value }) => [annotation, value])),
  };
}

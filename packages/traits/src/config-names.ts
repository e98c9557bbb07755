/** The fields under which objects name a ConfigMap (Kubernetes API: VolumeSource, EnvFromSource, EnvVarSource). */
const REFERENCES = new Set(['configMap', 'configMapRef', 'configMapKeyRef']);

/** The names of all ConfigMaps that stand in a value, such as a pod's specification, each once and sorted. */
export function configNames(value: unknown): readonly string[] {
  const names = new Set<string>();
  search(value, names);
  return [...names].toSorted();
}

function search(value: unknown, names: Set<string>): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [field, entry] of Object.entries(value)) {
    const name: unknown = REFERENCES.has(field) && hasName(entry) ? entry.name : undefined;
    if (typeof name === 'string') names.add(name);
    else search(entry, names);
  }
}

function hasName(value: unknown): value is { readonly name: unknown } {
  return typeof value === 'object' && value !== null && 'name' in value;
}

import { defineRule, isJsonArray, isJsonObject, type JsonValue } from '@strake/core';

const SWITCH = 'kustomize.toolkit.fluxcd.io/substitute';

/** Flux finds nothing to substitute. */
export const noFluxSubstitution = defineRule({
  package: '@strake/checks',
  code: 'no-flux-substitution',
  summary: 'no `${name}` in objects that Flux applies with `postBuild.substitute`',
  why: 'Flux puts a value there, or nothing where it has none, and the cluster gets other text than the repository has.',
  fix: `Write \`$\${name}\`, or attach \`annotations({ '${SWITCH}': 'disabled' })\`.`,
  severity: 'error',
  check({ objects }, report) {
    for (const at of objects) {
      const { annotations, labels } = at.metadata;
      if (annotations?.[SWITCH] === 'disabled' || labels?.[SWITCH] === 'disabled') continue;
      for (const [path, variable] of variablesIn(at))
        report({ at, written: `\`\${${variable}}\` stands in \`${path}\`` });
    }
  },
});

/** The variables in all texts below a value, keys among them, each once for a place (Flux documentation: postBuild). */
function variablesIn(value: JsonValue | undefined, path = ''): (readonly [string, string])[] {
  if (typeof value === 'string') {
    const found = [...value.matchAll(VARIABLE)].map((match) => match[1] ?? '');
    return [...new Set(found)].map((variable) => [path, variable] as const);
  }
  if (isJsonArray(value)) return value.flatMap((each, index) => variablesIn(each, `${path}[${index}]`));
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([key, each]) => [
    ...variablesIn(key, path),
    ...variablesIn(each, path === '' ? key : `${path}.${key}`),
  ]);
}

const VARIABLE = /(?<!\$)\$\{([A-Za-z_]\w*)/g;

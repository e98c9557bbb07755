import { defineTrait, Pods, propertiesOf, type TraitFactory } from '@strake/core';
import * as z from 'zod';
import { hasEntry } from './has-entry.ts';

export interface CommandProperties {
  /**
   * Entry point. An empty list is the image's own.
   * @default - as the component says
   */
  readonly command?: readonly string[];
  /**
   * All arguments of the entry point. An empty list is the image's own.
   * @default - as the component says
   */
  readonly args?: readonly string[];
  /**
   * Arguments that follow those of the component.
   * @default - none
   */
  readonly appendArgs?: readonly string[];
  /**
   * Arguments of the component that are left out, wherever they stand.
   * @default - none
   */
  readonly removeArgs?: readonly string[];
}

const texts = z.array(z.string()).readonly().optional();

/**
 * Says what a component's container runs (Kubernetes API: Container.command, Container.args).
 *
 * @example
 * command({ args: ['--verbose'] })
 */
export const command: TraitFactory<CommandProperties, 'pods'> = defineTrait({
  name: 'command',
  package: '@strake/traits',
  summary: "Says what a component's container runs.",
  properties: propertiesOf<CommandProperties>()({
    command: texts,
    args: texts,
    appendArgs: texts,
    removeArgs: texts,
  })
    .refine(hasEntry, 'at least one of `command`, `args`, `appendArgs` and `removeArgs`')
    .refine(
      ({ args, appendArgs, removeArgs }) => args === undefined || (appendArgs ?? removeArgs) === undefined,
      {
        path: ['args'],
        error: 'no `args` beside `appendArgs` or `removeArgs`, which change those of the component',
      },
    ),
  needs: [Pods],
  apply({ edit, report, pods }, { command, args, appendArgs = [], removeArgs = [] }) {
    const container = edit(pods.workload).at(pods.template).at(['spec', 'containers', pods.container]);
    const below = argsSchema.parse(container.read('args'));
    for (const arg of removeArgs.filter((each) => !below.includes(each))) {
      report({
        code: 'reference-unknown',
        written: `\`removeArgs\` of \`command\` names ${JSON.stringify(arg)}`,
        allowed: below.length === 0 ? 'nothing: the component gives no arguments' : JSON.stringify(below),
        fix: 'Name an argument that the component gives.',
      });
    }
    const changed = [...below.filter((each) => !removeArgs.includes(each)), ...appendArgs];
    const isChanged = appendArgs.length + removeArgs.length > 0;
    for (const [field, value] of Object.entries({
      command,
      args: args ?? (isChanged ? changed : undefined),
    })) {
      if (value?.length === 0) container.remove(field);
      else if (value !== undefined) container.set(field, value);
    }
  },
});

const argsSchema = z.array(z.string()).catch([]);

import { defineTrait, Pods, propertiesOf, type ObjectWriter, type TraitFactory } from '@strake/core';
import * as z from 'zod';
import { hasEntry } from './has-entry.ts';
import { initContainer } from './init-container.ts';
import { namesIn } from './mounts.ts';
import { podSecurityContext } from './pod-security-context.ts';
import {
  ESCALATION_NEEDED,
  isEscalationAllowed,
  isRestricted,
  RESTRICTED,
  type securityContextSchema,
  securityContextShape,
  type SecurityContextProperties,
} from './security-context.ts';
import { PRIVILEGED, ROOT } from './security-problems.ts';
import { isRootAllowed, ROOT_REFUSED } from './security-profiles.ts';
import { sidecarPlace } from './sidecar-place.ts';
import { sidecar } from './sidecar.ts';

export interface ContainerSecurityContextProperties extends SecurityContextProperties {
  /**
   * `restricted` gives every container of the pod, sidecars and init containers too, what the Pod Security Standard of
   * that name asks for. All other properties are for the component's own container.
   * @default - what the other properties say
   */
  readonly preset?: 'restricted';
  /**
   * Why it is looser than the platform asks for; `security()` lets a looser value stand only with a reason.
   * @default - none
   */
  readonly reason?: string;
}

/**
 * Says what the processes of a component's containers may do (Kubernetes API: SecurityContext).
 *
 * @example
 * containerSecurityContext({ runAsNonRoot: true, readOnlyRootFilesystem: true })
 */
export const containerSecurityContext: TraitFactory<ContainerSecurityContextProperties, 'pods'> = defineTrait(
  {
    name: 'container-security-context',
    package: '@strake/traits',
    summary: "Says what the processes of a component's containers may do.",
    properties: propertiesOf<ContainerSecurityContextProperties>()({
      ...securityContextShape,
      preset: z.literal('restricted').optional(),
      reason: z.string().trim().min(1).optional(),
    })
      .refine((given) => hasEntry({ ...given, reason: undefined }), 'at least one property besides `reason`')
      .refine(isRootAllowed, ROOT_REFUSED)
      .refine(isEscalationAllowed, ESCALATION_NEEDED)
      .refine(({ preset, ...fields }) => preset === undefined || isRestricted(fields), {
        path: ['preset'],
        error: 'no property beside `restricted` that the Pod Security Standard of that name forbids',
      }),
    needs: [Pods],
    knows: { sidecar, initContainer, podSecurityContext },
    apply({ edit, report, pods, known, environment }, { preset, capabilities, reason, ...fields }) {
      const spec = edit(pods.workload).at(pods.template).at('spec');
      const all: SecurityContext = preset === undefined ? {} : RESTRICTED;
      const own = { ...all, ...fields, capabilities: { ...all.capabilities, ...capabilities } };
      if (fields.privileged === true) report(PRIVILEGED);
      if (!isRootAllowed({ ...known.podSecurityContext, ...own })) report(ROOT);
      const names = {
        containers: namesIn(spec.read('containers')),
        initContainers: [
          ...namesIn(spec.read('initContainers')),
          ...Object.keys(known.initContainer?.containers ?? {}),
        ],
      };
      names[sidecarPlace(environment.kubernetes)].push(...Object.keys(known.sidecar?.containers ?? {}));
      for (const name of names.initContainers) write(spec.at(['initContainers', name]), all, { reason });
      for (const name of names.containers)
        write(spec.at(['containers', name]), name === pods.container ? own : all, { reason });
    },
  },
);

type SecurityContext = z.output<typeof securityContextSchema>;

/** Lists of rights replace those of the layer below. */
function write(
  container: ObjectWriter,
  { capabilities = {}, ...fields }: SecurityContext,
  options: { readonly reason: string | undefined },
): void {
  const context = container.at('securityContext');
  if (hasEntry(fields)) context.merge(fields, options);
  for (const [line, rights] of Object.entries(capabilities))
    context.set(['capabilities', line], rights, options);
}

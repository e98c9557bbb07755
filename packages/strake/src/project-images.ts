import {
  finding,
  type Finding,
  type ImageReference,
  type LockedApplication,
  type LockedImage,
} from '@strake/core';
import { nearest } from '@strake/core/tools';
import { imagePolicyName } from '@strake/gitops';
import { repositoryFolder } from './load-image-locks.ts';
import { hasErrors, renderProject, type ProjectOptions } from './rendered-project.ts';

/** Which images of a project a command is about. */
export interface ImageOptions extends ProjectOptions {
  /** Names of images; all when left out. */
  readonly image?: readonly string[];
  readonly json?: boolean;
}

/** An image that the lock decides, in one application and environment. */
export interface ProjectImage {
  readonly environment: string;
  readonly application: string;
  readonly reference: ImageReference;
  /** Undefined when the lock has no entry. */
  readonly locked: LockedImage | undefined;
  /** The bot's policy for it: the one that the lock names, else the one that a new entry gets. */
  readonly marker: string;
}

/** The images of a project, where its locks are, and what is wrong with the project. */
export interface ProjectImages {
  /** Folder of the repository; undefined when the project could not be loaded. */
  readonly repository: string | undefined;
  readonly images: readonly ProjectImage[];
  readonly findings: readonly Finding[];
}

/** Namespace in which image policies are looked for, unless the agent or the lock says another. */
const AUTOMATION_NAMESPACE = 'flux-system';

/** Findings about objects that are not written here; a synth will say them. */
const OF_OBJECTS = /^(?:rule\/|schema-|waiver-)/;

/** Findings about what locks have, or lack. */
const OF_LOCKS = /^image-/;

/** Renders a project for the images that its locks decide. */
export async function projectImages(options: ImageOptions, directory: string): Promise<ProjectImages> {
  const isWanted = (name: string) => options.image?.includes(name) ?? true;
  const { project, findings } = await renderProject(options, directory, (rendered, { agent }) =>
    [...rendered].flatMap((each) => imagesOf(each, agent?.imageNamespace)),
  );
  const repository = project && repositoryFolder(project, options.out, directory);
  const all = project?.result ?? [];
  const own = findings.filter(({ code }) => !OF_OBJECTS.test(code));
  // Where the project is wrong otherwise, images may be missing for that.
  const isWhole = project !== undefined && !hasErrors(own.filter(({ code }) => !OF_LOCKS.test(code)));
  const unknown = isWhole ? unknownImages(options.image ?? [], all) : [];
  return {
    repository,
    images: all.filter(({ reference }) => isWanted(reference.name)),
    findings: [...own, ...unknown],
  };
}

function imagesOf(
  { environment, application, images }: LockedApplication,
  namespace = AUTOMATION_NAMESPACE,
): ProjectImage[] {
  return images.map(({ reference, locked }) => ({
    environment: environment.name,
    application,
    reference,
    locked,
    marker:
      locked?.marker ?? `${namespace}:${imagePolicyName(environment.name, application, reference.name)}`,
  }));
}

function unknownImages(wanted: readonly string[], images: readonly ProjectImage[]): Finding[] {
  const names = [...new Set(images.map(({ reference }) => reference.name))].toSorted();
  return [...new Set(wanted)]
    .filter((name) => !names.includes(name))
    .map((name) => imageUnknown(name, names));
}

function imageUnknown(name: string, names: readonly string[]): Finding {
  // People leave out the registry.
  const likely = names.find((each) => each.endsWith(`/${name}`)) ?? nearest(name, names);
  return finding({
    code: 'image-unknown',
    path: '--image',
    written: `the image \`${name}\``,
    allowed:
      names.length === 0
        ? 'images that the image lock decides, of which there is none here'
        : names.map((each) => `\`${each}\``).join(', '),
    fix:
      likely === undefined
        ? 'Name one of these images, as `strake images list` prints them, or leave out --image.'
        : `Did you mean \`${likely}\`?`,
  });
}

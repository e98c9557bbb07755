import type { Finding, ImageReference, LockedApplication, LockedImage } from '@strake/core';
import { imagePolicyName } from '@strake/gitops';
import { repositoryFolder } from './load-image-locks.ts';
import { renderProject, type ProjectOptions } from './rendered-project.ts';

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

/** Namespace in which Flux's image policies are looked for, unless the lock says another. */
const AUTOMATION_NAMESPACE = 'flux-system';

/** Findings about objects that are not written here; a synth will say them. */
const OF_OBJECTS = /^(?:rule\/|schema-|waiver-)/;

/** Renders a project for the images that its locks decide. */
export async function projectImages(options: ImageOptions, directory: string): Promise<ProjectImages> {
  const isWanted = (name: string) => options.image?.includes(name) ?? true;
  const { project, findings } = await renderProject(options, directory, (rendered) =>
    [...rendered].flatMap((each) => imagesOf(each)).filter(({ reference }) => isWanted(reference.name)),
  );
  const repository = project && repositoryFolder(project, options.out, directory);
  const own = findings.filter(({ code }) => !OF_OBJECTS.test(code));
  return { repository, images: project?.result ?? [], findings: own };
}

function imagesOf({ environment, application, images }: LockedApplication): ProjectImage[] {
  return images.map(({ reference, locked }) => ({
    environment: environment.name,
    application,
    reference,
    locked,
    marker:
      locked?.marker ??
      `${AUTOMATION_NAMESPACE}:${imagePolicyName(environment.name, application, reference.name)}`,
  }));
}

import type { Finding } from '@strake/core';
import { sortFindings } from '@strake/core/tools';
import { policyText } from '@strake/gitops';
import { chosenImages, type ChosenImage } from '../chosen-images.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { imageDowngrade } from '../image-downgrade.ts';
import type { Io } from '../io.ts';
import {
  changeImageLocks,
  changeJson,
  entryJson,
  lockedText,
  placeOf,
  showLockChanges,
} from '../lock-changes.ts';
import { projectImages, type ImageOptions, type ProjectImages } from '../project-images.ts';
import { hasErrors } from '../rendered-project.ts';
import { findingJson, plural, showFindings } from '../show-findings.ts';
import { showTable } from '../show-table.ts';

export interface UpdateImagesOptions extends ImageOptions {
  /** Says what would be changed. */
  readonly dryRun?: boolean;
  /** Takes a tag that is older than the locked one. */
  readonly allowDowngrade?: boolean;
}

/** Prints which images the lock decides, and what it says. Asks no registry. */
export async function listImages(options: ImageOptions, io: Io): Promise<ExitCode> {
  const project = await projectImages(options, io.directory);
  // The list itself says what is not locked.
  const findings = project.findings.filter(({ code }) => code !== 'image-not-locked');
  const images = project.images.map((image) => {
    const { environment, application, reference, locked } = image;
    const policy = policyText(reference.policy);
    const row = [...placeOf(image), lockedText(locked), policy];
    return {
      row,
      json: { environment, application, name: reference.name, policy, locked: entryJson(locked) },
    };
  });
  if (options.json === true) showJson({ images: images.map(({ json }) => json) }, findings, io);
  else {
    showFindings(findings, io);
    showTable(
      images.map(({ row }) => row),
      io,
    );
    if (!hasErrors(findings)) io.err(`${plural(images.length, 'image')} that the lock decides\n`);
  }
  return hasErrors(findings) ? EXIT.failed : EXIT.done;
}

/** Prints what the policies would choose now instead of what is locked. Writes nothing. */
export async function outdatedImages(options: ImageOptions, io: Io): Promise<ExitCode> {
  const { project, chosen, findings } = await chosenFor(options, io);
  const outdated = chosen.filter(({ isChanged }) => isChanged);
  if (options.json === true) showJson({ images: outdated.map(changeJson) }, findings, io);
  else {
    showFindings(findings, io);
    showTable(
      outdated.map(({ image, locked, isDowngrade }) => [
        ...placeOf(image),
        lockedText(image.locked),
        '->',
        lockedText(locked) + (isDowngrade ? ' (older)' : ''),
      ]),
      io,
    );
    if (!hasErrors(findings))
      io.err(`${outdated.length} of ${plural(project.images.length, 'image')} outdated\n`);
  }
  return hasErrors(findings) ? EXIT.failed : EXIT.done;
}

/** Writes what the policies choose into the image locks, and nothing else. */
export async function updateImages(options: UpdateImagesOptions, io: Io): Promise<ExitCode> {
  const { project, chosen, findings } = await chosenFor(options, io);
  const isRefused = ({ isDowngrade }: ChosenImage) => isDowngrade && options.allowDowngrade !== true;
  const changes = chosen.filter((each) => each.isChanged && !isRefused(each));
  const refused = chosen.filter(isRefused).map(({ image, locked }) => imageDowngrade(image, locked.newTag));
  const isDry = options.dryRun === true;
  const written =
    isDry || project.repository === undefined ? [] : await changeImageLocks(project.repository, changes);
  const all = sortFindings([...findings, ...refused, ...written]);
  if (options.json === true) showJson({ dryRun: isDry, images: changes.map(changeJson) }, all, io);
  else {
    showFindings(all, io);
    if (hasErrors(all) && changes.length === 0) io.err('nothing was locked\n');
    else showLockChanges(changes, isDry, io);
  }
  return hasErrors(all) ? EXIT.failed : EXIT.done;
}

interface ChosenForProject {
  readonly project: ProjectImages;
  readonly chosen: readonly ChosenImage[];
  readonly findings: readonly Finding[];
}

async function chosenFor(options: ImageOptions, io: Io): Promise<ChosenForProject> {
  const project = await projectImages(options, io.directory);
  // What the lock lacks, and what it has beside the policy, is what these commands are for.
  const findings = project.findings.filter(
    ({ code }) => code !== 'image-not-locked' && code !== 'image-outside-policy',
  );
  if (hasErrors(findings)) return { project, chosen: [], findings };
  const asked = await chosenImages(project.images);
  return { project, chosen: asked.chosen, findings: sortFindings([...findings, ...asked.findings]) };
}

function showJson(result: object, findings: readonly Finding[], io: Io): void {
  io.out(
    `${JSON.stringify({ ...result, findings: findings.map((each) => findingJson(each, io)) }, null, 2)}\n`,
  );
}

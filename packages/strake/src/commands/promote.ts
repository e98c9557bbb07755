import { finding, StrakeError, type Finding } from '@strake/core';
import { sortFindings } from '@strake/core/tools';
import { compareTags, imageLockPath, isWithinPolicy, policyText, type Registry } from '@strake/gitops';
import { dockerRegistry, wantedDigest } from '../chosen-images.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { imageDowngrade } from '../image-downgrade.ts';
import type { Io } from '../io.ts';
import { changeImageLocks, changeJson, showLockChanges, type LockChange } from '../lock-changes.ts';
import { projectImages, type ImageOptions, type ProjectImage } from '../project-images.ts';
import { hasErrors } from '../rendered-project.ts';
import { findingJson, showFindings } from '../show-findings.ts';

export interface PromoteOptions extends Omit<ImageOptions, 'env'> {
  /** Says what would be changed. */
  readonly dryRun?: boolean;
  /** Takes a tag that is older than the locked one. */
  readonly allowDowngrade?: boolean;
}

/** Locks in one environment what runs in another, with the same digests. All of it, or with an error nothing. */
export async function promote(
  [from, to]: readonly [from: string, to: string],
  options: PromoteOptions,
  io: Io,
): Promise<ExitCode> {
  const asked = { ...options, env: [from, to], optionNames: { environments: 'strake promote' } };
  const project = await projectImages(asked, io.directory);
  const findings: Finding[] = project.findings.filter(
    ({ code }) => code !== 'image-not-locked' && code !== 'image-outside-policy',
  );
  const changes: LockChange[] = [];
  const registry = dockerRegistry();
  const targets = hasErrors(findings) ? [] : project.images.filter(({ environment }) => environment === to);
  for (const target of targets) {
    const source = project.images.find((each) => each.environment === from && isSameImage(each, target));
    const promoted = await promotion(target, source, from, registry);
    if ('findings' in promoted) findings.push(...promoted.findings);
    else {
      findings.push(...problemsOf(promoted, options.allowDowngrade === true));
      if (isChanged(promoted)) changes.push(promoted);
    }
  }
  const isDry = options.dryRun === true || hasErrors(findings);
  if (!isDry && project.repository !== undefined)
    findings.push(...(await changeImageLocks(project.repository, changes)));
  show(changes, sortFindings(findings), { ...options, dryRun: isDry }, io);
  return hasErrors(findings) ? EXIT.failed : EXIT.done;
}

function isSameImage(left: ProjectImage, right: ProjectImage): boolean {
  return left.application === right.application && left.reference.name === right.reference.name;
}

/** The entry that the target gets. Where the source has no digest, the one that its tag has now. */
async function promotion(
  target: ProjectImage,
  source: ProjectImage | undefined,
  from: string,
  registry: Registry,
): Promise<LockChange | StrakeError> {
  if (source?.locked === undefined) return new StrakeError([nothingLocked(target, from)]);
  const { newTag, digest } = source.locked;
  try {
    const wanted =
      digest ??
      (await wantedDigest({ reference: target.reference, locked: source.locked }, newTag, registry));
    const { name } = target.reference;
    return {
      image: target,
      locked: { name, newTag, ...(wanted && { digest: wanted }), marker: target.marker },
    };
  } catch (error) {
    if (StrakeError.is(error)) return error;
    throw error;
  }
}

function isChanged({ image, locked }: LockChange): boolean {
  return image.locked?.newTag !== locked.newTag || image.locked.digest !== locked.digest;
}

function problemsOf({ image, locked }: LockChange, allowDowngrade: boolean): Finding[] {
  const isOutside = !isWithinPolicy(image.reference, locked.newTag);
  const isLower =
    image.locked !== undefined && compareTags(image.reference, locked.newTag, image.locked.newTag) < 0;
  return [
    ...(isOutside ? [outsidePolicy(image, locked.newTag)] : []),
    ...(isLower && !allowDowngrade ? [imageDowngrade(image, locked.newTag)] : []),
  ];
}

function nothingLocked({ environment, application, reference }: ProjectImage, from: string): Finding {
  const said = finding({
    code: 'image-not-locked',
    path: imageLockPath(from, application),
    written: `no entry for \`${reference.name}\`, which \`${environment}\` would get`,
    allowed: 'images that run in the environment that is promoted from',
    fix: `Run \`strake images update --env ${from}\`.`,
  });
  return { ...said, environments: [from] };
}

function outsidePolicy({ environment, application, reference }: ProjectImage, tag: string): Finding {
  const said = finding({
    code: 'image-outside-policy',
    path: imageLockPath(environment, application),
    written: `\`${tag}\` for \`${reference.name}\`, which ${policyText(reference.policy)} does not choose from`,
    allowed: 'a tag that the policy of the environment could choose',
    fix: `Widen the policy that the image has in \`${environment}\`.`,
  });
  return { ...said, environments: [environment] };
}

function show(
  changes: readonly LockChange[],
  findings: readonly Finding[],
  options: PromoteOptions,
  io: Io,
): void {
  if (options.json === true) {
    const json = { dryRun: options.dryRun, images: changes.map(changeJson) };
    io.out(
      `${JSON.stringify({ ...json, findings: findings.map((each) => findingJson(each, io)) }, null, 2)}\n`,
    );
    return;
  }
  showFindings(findings, io);
  if (hasErrors(findings)) io.err('nothing was locked\n');
  else showLockChanges(changes, options.dryRun === true, io);
}

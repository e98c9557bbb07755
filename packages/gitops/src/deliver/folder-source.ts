import { finding, type Finding, type LockedImage } from '@strake/core';
import { lockedText } from '@strake/core/tools';
import { openImageLocks } from '../images/lock-files.ts';
import type { Plan, PlannedFile } from '../plan.ts';
import { hasError } from '../update.ts';
import type { PlanSource } from './plan-source.ts';

/** An image whose marker stands for the whole of it (Flux: setters). */
const MARKED = /^ *(?:- +)?image: "?([^\s"]+)"? +# *\{"\$imagepolicy": *"([^":]+:[^":]+)"\}/gm;

/**
 * A rendered plan, as it may be delivered to the newest commit: with the images that its locks have. A bot that moved one
 * since the render would else be undone.
 */
export function folderSource(plan: Plan): Plan | PlanSource {
  const marked = plan.files.filter(({ contents }) => contents.includes('"$imagepolicy"'));
  if (marked.length === 0 || hasError(plan.findings)) return plan;
  return {
    project: plan.project,
    planFrom: async (folder) => {
      const findings: Finding[] = [...plan.findings];
      const locks = openImageLocks(folder);
      for (const file of marked) {
        const { images } = await locks.read(file.environment, file.application);
        findings.push(...outdated(file, images));
      }
      return { ...plan, findings };
    },
  };
}

function outdated({ path, contents, environment }: PlannedFile, images: readonly LockedImage[]): Finding[] {
  return [...contents.matchAll(MARKED)].flatMap(([, written = '', marker]) => {
    const locked = images.find((each) => each.marker === marker);
    return locked === undefined || lockedText(locked) === written
      ? []
      : [imageOutdated(path, environment, written, lockedText(locked))];
  });
}

function imageOutdated(path: string, environment: string, written: string, locked: string): Finding {
  return {
    ...finding({
      code: 'image-outdated',
      path,
      written: `the image \`${written}\``,
      allowed: `\`${locked}\`, which the image lock of the repository has by now`,
      fix: 'Render the folder again, with the newest commit of the repository.',
    }),
    environments: [environment],
  };
}

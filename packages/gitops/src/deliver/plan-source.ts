import type { PrivateClone } from '../git/private-clone.ts';
import { inFolderWith } from '../git/temporary-folder.ts';
import { IMAGES } from '../images/lock-path.ts';
import { ENVIRONMENTS, FACTS_FILE } from '../layout.ts';
import type { Plan } from '../plan.ts';

/** Makes a plan of what the repository says: image locks, and facts of other projects. */
export interface PlanSource {
  readonly project: string;
  /** Makes the plan; the folder holds these files as they are in the repository, and nothing else. */
  planFrom(folder: string): Promise<Plan>;
}

const NAME = '[a-z0-9%_~-]{1,255}';
const READ = [
  new RegExp(`^${IMAGES}/${NAME}/${NAME}/kustomization\\.yaml$`),
  new RegExp(`^${ENVIRONMENTS}/${NAME}/${NAME}/${FACTS_FILE.replaceAll('.', '\\.')}$`),
];

/** The plan for the newest commit: made again only where a commit has changed what it was made from. */
export class CurrentPlan {
  readonly #source: Plan | PlanSource;
  #plan: Plan | undefined;
  #madeFrom = '';

  constructor(source: Plan | PlanSource) {
    this.#source = source;
  }

  async at(tip: string | undefined, clone: PrivateClone): Promise<Plan> {
    const source = this.#source;
    if (!('planFrom' in source)) return source;
    const listed = await clone.tree(tip);
    const paths = listed.files().filter((path) => READ.some((pattern) => pattern.test(path)));
    const madeFrom = paths.map((path) => `${listed.idOf(path)} ${path}`).join('\n');
    if (this.#plan !== undefined && madeFrom === this.#madeFrom) return this.#plan;
    const tree = await clone.load(listed, paths);
    const files = new Map(paths.map((path) => [path, tree.read(path) ?? Buffer.alloc(0)]));
    const plan = await inFolderWith(files, (folder) => source.planFrom(folder));
    [this.#plan, this.#madeFrom] = [plan, madeFrom];
    return plan;
  }
}

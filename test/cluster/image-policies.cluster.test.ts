import { type ImageReference, Platform, type UsedImage } from '@strake/core';
import { emit } from '@strake/gitops';
import { flux } from '@strake/gitops/flux';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { chooseTag } from '../../packages/gitops/src/images/choose-tag.ts';
import { imagePolicyName } from '../../packages/gitops/src/images/image-policies.ts';
import { openRegistry } from '../../packages/gitops/src/images/registry.ts';
import {
  type DockerRegistry,
  dockerRegistryProgram,
  push as pushImage,
  startDockerRegistry,
} from '../registry/docker-registry.ts';
import { eventually } from './eventually.ts';
import { type Cluster, startCluster } from './harness.ts';
import { applyText, readObject } from './objects.ts';
import { isWarm } from './suite.ts';
import { TAG_QUESTIONS } from './tag-questions.ts';

const policy = z.looseObject({
  status: z
    .looseObject({
      latestRef: z.looseObject({ name: z.string(), tag: z.string() }).optional(),
      conditions: z
        .array(
          z.looseObject({ type: z.string(), status: z.string(), reason: z.string(), message: z.string() }),
        )
        .optional(),
    })
    .optional(),
});

/** One policy, on one repository. */
interface Question {
  readonly application: string;
  readonly reference: ImageReference;
  readonly objects: string;
}

const program = isWarm('image-policies', ['flux-images']) ? dockerRegistryProgram() : undefined;

describe.runIf(program !== undefined)("with Flux's image reflector and a real registry", () => {
  let cluster: Cluster;
  let registry: DockerRegistry;

  beforeAll(async () => {
    registry = await startDockerRegistry(program ?? '');
    for (const [name, { tags }] of Object.entries(TAG_QUESTIONS))
      await pushImage(`${registry.host}/acme/${name}`, tags);
    cluster = await startCluster();
    await cluster.with(['flux-images']);
  });

  afterAll(async () => {
    await cluster?.stop();
    registry?.close();
  });

  /** What our agent writes for an image that is locked. */
  function questionOf(application: string, reference: ImageReference): Question {
    const [environment] = new Platform('acme', { environments: { tests: {} } }).environments;
    if (environment === undefined) throw new Error('no environment');
    const { name } = reference;
    const marker = `flux-system:${imagePolicyName('tests', application, name)}`;
    const images: UsedImage[] = [{ reference, locked: { name, newTag: 'any', marker } }];
    const agent = flux({
      url: 'https://git.example',
      imageUpdates: { author: { email: 'bot@acme.example' }, interval: '1m' },
    });
    const rendered = { environment, application, namespace: application, manifests: [], images };
    const { objects } = agent.sync({ rendered, folder: '', imageFolder: '', after: [], wave: 0 });
    const texts = objects.filter(({ kind }) => kind !== 'Kustomization').map((object) => emit(object));
    return { application, reference, objects: texts.join('---\n') };
  }

  /** The tag that the controller chooses, or why it chooses none. */
  async function chosenByFlux({ application, reference }: Question): Promise<string> {
    const name = {
      apiVersion: 'image.toolkit.fluxcd.io/v1',
      kind: 'ImagePolicy',
      name: imagePolicyName('tests', application, reference.name),
      namespace: 'flux-system',
    };
    return eventually(`a choice of ${JSON.stringify(reference)}`, async () => {
      const { status } = policy.parse(await readObject(cluster, name));
      const ready = status?.conditions?.find(({ type }) => type === 'Ready');
      if (ready?.status === 'True') return status?.latestRef?.tag;
      const isPending = ready === undefined || /Unknown|DependencyNotReady/.test(ready.status + ready.reason);
      return isPending ? undefined : `none: ${ready.reason}`;
    });
  }

  test('every policy that our agent writes chooses the tag that `strake images` chooses', async () => {
    const questions = Object.entries(TAG_QUESTIONS).flatMap(([name, { policies }]) =>
      policies.map((each, index) =>
        questionOf(`${name}${index}`, { name: `${registry.host}/acme/${name}`, ...each }),
      ),
    );
    await applyText(cluster, questions.map(({ objects }) => objects).join('---\n'));
    const differences: unknown[] = [];
    let none = 0;
    for (const question of questions) {
      const { reference } = question;
      const chosen = chooseTag(reference, await openRegistry().tags(reference.name));
      const ours = 'tag' in chosen ? chosen.tag : 'none';
      const theirs = await chosenByFlux(question);
      if (ours === 'none') none += 1;
      if (theirs.replace(/^none: .*/, 'none') !== ours) differences.push({ ...reference, ours, theirs });
    }
    console.log(`${questions.length} policies judged by Flux, of which ${none} choose nothing`);
    expect(differences).toEqual([]);
    expect(questions.length).toBeGreaterThan(60);
    expect(none).toBeLessThan(10);
  });
});

import { KUBERNETES_VERSIONS, schemasOf } from '@strake/checks/schemas';
import { expect, test } from 'vitest';
import { allObjects } from './objects.ts';

test.each(KUBERNETES_VERSIONS)(
  'every object in the repository is as the schemas of Kubernetes %s say',
  async (kubernetes) => {
    const schemas = await schemasOf({ kubernetes });
    const problems = allObjects().flatMap(({ file, object }) =>
      schemas.check(object).map(({ pointer, code, written, allowed }) => ({
        file,
        kind: object.kind,
        code,
        pointer,
        written,
        allowed,
      })),
    );
    expect(problems).toEqual([]);
  },
);

import { schemaCheck } from '@strake/checks/schemas';
import { WebService } from '@strake/components';
import type { Application } from '@strake/core';
import { expect, test } from 'vitest';
import type { MatrixComponent } from '../matrix/components.ts';
import { Matrix, MatrixResult } from '../matrix/matrix.ts';
import { ALL_SCOPES, NO_SCOPE } from '../matrix/scopes.ts';
import { TRAITS } from '../matrix/traits.ts';

/** A WebService of which no name and no label is that of a new one. */
const adopted: MatrixComponent = {
  type: 'WebService',
  construct: (application: Application) =>
    new WebService(application, 'web', {
      image: 'ghcr.io/acme/web:1.4.2',
      ports: { http: { port: 80, containerPort: 8080 } },
      adopt: {
        name: 'legacy-web',
        selector: { app: 'legacy' },
        podLabels: { app: 'legacy', tier: 'front' },
        container: { name: 'main', ports: [{ name: 'http', containerPort: 8080 }] },
        service: { name: 'www', selector: { tier: 'front' }, targetPorts: { http: 8080 } },
      },
    }),
};

test.each([NO_SCOPE, ALL_SCOPES])('every trait holds on an adopted component under $name', async (scopes) => {
  const result = new MatrixResult();
  const schemas = await schemaCheck({ kubernetes: ['1.34'] });
  const matrix = new Matrix({ component: adopted, scopes }, result, schemas);
  for (const trait of TRAITS) matrix.one(trait);
  console.log(`adopted under ${scopes.name}: ${result.rendered} rendered, ${result.refused} refused`);
  expect(result.lines).toEqual([]);
});

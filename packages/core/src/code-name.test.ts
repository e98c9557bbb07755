import { expect, test } from 'vitest';
import { codeName, writerName } from './code-name.ts';

test('a definition is called in findings as it is called in code', () => {
  expect(codeName({ kind: 'trait', name: 'scaled-object' })).toBe('scaledObject');
  expect(codeName({ kind: 'scope', name: 'network' })).toBe('network');
  expect(codeName({ kind: 'component', name: 'web-service' })).toBe('WebService');
});

test('what is no definition keeps its name', () => {
  expect(writerName({ layer: 'component', definition: 'connectTo' })).toBe('`connectTo`');
});

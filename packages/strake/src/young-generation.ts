import process from 'node:process';
import { setFlagsFromString } from 'node:v8';
import type { Config } from '@strake/core';

const LARGE = 100;

/** Has V8 keep objects that live short out of the old generation, where a render is large enough to be worth it. */
export function growYoungGeneration({ applications, platform }: Config): void {
  const renders = Object.keys(applications).length * (platform?.environments.length ?? 1);
  const [major] = process.versions.node.split('.');
  if (renders < LARGE || Number(major) > 20) return;
  // Growing by 8 and not by 2 saved 5 % of the processor time and 12 % of the memory on Node 20, and cost 10 % on Node 24.
  setFlagsFromString('--semi-space-growth-factor=8');
}

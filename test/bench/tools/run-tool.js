import { createJiti } from 'jiti';
import { measuredProcess } from './measured-process.js';

const { tool } = await createJiti(import.meta.url).import('../../tools/kubernetes-tools.ts');

/** Runs commands of a real helm or kubectl, one after the other. Their time, and the memory of the largest. */
export async function runTool(name, commands) {
  const found = tool(name);
  if (found.path === undefined) throw new Error(found.missing);
  const all = { wallMs: 0, rssMb: 0 };
  for (const command of commands) {
    const { wallMs, rssMb } = await measuredProcess(found.path, command);
    all.wallMs += wallMs;
    all.rssMb = Math.max(all.rssMb, rssMb);
  }
  return all;
}

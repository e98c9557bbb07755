// One step of a variant in a process of its own: `node child.js <variant> <prepare|run> <options as JSON>`.
// Prints what it knows of itself; for a variant that runs a tool, that is the tool's time and memory.
import { performance } from 'node:perf_hooks';

const [variant, step, options] = process.argv.slice(2);
const steps = await import(`./variants/${variant}.js`);
const start = performance.now();
const measured = await steps[step]?.(JSON.parse(options));
const runMs = performance.now() - start;
const rssMb = process.resourceUsage().maxRSS / 1024;
console.log(JSON.stringify({ runMs, rssMb, ...measured }));

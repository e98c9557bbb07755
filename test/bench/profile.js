// Where the time of a .cpuprofile goes: `node test/bench/profile.js <file> [--top 25]`. Self time by package and file,
// and by function self and inclusive time; recursion counts once.
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { top: { type: 'string', default: '25' } },
});
const { nodes, samples, timeDeltas } = JSON.parse(readFileSync(positionals[0] ?? '', 'utf8'));
const selfOfNode = selfTimes();
const total = timeDeltas.reduce((sum, each) => sum + each, 0);
const { self, inclusive } = timesByFunction();
const byPlace = new Map();
for (const { id, callFrame } of nodes) add(byPlace, placeOf(callFrame), selfOfNode.get(id) ?? 0);

print('self, by package and file', byPlace);
print('self, by function', self);
print('inclusive, by function', inclusive);

/** Microseconds by node. */
function selfTimes() {
  const times = new Map();
  samples.forEach((id, index) => add(times, id, timeDeltas[index]));
  return times;
}

function timesByFunction() {
  const times = { self: new Map(), inclusive: new Map() };
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const visit = (node, above) => {
    const name = nameOf(node.callFrame);
    const own = selfOfNode.get(node.id) ?? 0;
    const path = above.has(name) ? above : new Set(above).add(name);
    add(times.self, name, own);
    for (const each of path) add(times.inclusive, each, own);
    for (const child of node.children ?? []) visit(byId.get(child), path);
  };
  visit(nodes[0], new Set());
  return times;
}

function add(times, key, microseconds) {
  times.set(key, (times.get(key) ?? 0) + microseconds);
}

function nameOf({ functionName, url, lineNumber }) {
  const name = functionName || '(anonymous)';
  return url === '' ? name : `${name} ${shortened(url)}:${lineNumber + 1}`;
}

/** A dependency as a whole; of our own packages, each file. */
function placeOf({ url, functionName }) {
  if (url === '') return functionName || '(native)';
  const [, dependency] = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url) ?? [];
  return dependency ?? shortened(url);
}

function shortened(url) {
  return url.replace(/^.*\/(?=packages\/|node_modules\/|test\/bench\/)/, '');
}

function print(title, times) {
  const lines = [...times].toSorted(([, left], [, right]) => right - left).slice(0, Number(values.top));
  console.log(`\n${title} (of ${Math.round(total / 1000)} ms)`);
  for (const [name, time] of lines) {
    const share = ((100 * time) / total).toFixed(1);
    console.log(
      `${share.padStart(5)} %  ${Math.round(time / 1000)
        .toString()
        .padStart(7)} ms  ${name}`,
    );
  }
}

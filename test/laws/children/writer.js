// Writes plans with the built packages, in a process of its own that can be killed. Asked over IPC; plans come in a file.
import { readFileSync } from 'node:fs';
import process from 'node:process';
import { write } from '@strake/gitops';

const LONGEST_LOOP = 20_000;
const plans = process.argv[2] === undefined ? [] : JSON.parse(readFileSync(process.argv[2], 'utf8'));

process.on('message', ({ task, directory, order = [], options = {}, rounds = Infinity }) => {
  if (task === 'write') reply(order.map((index) => write(plans[index], directory, options)));
  else process.send({ started: true }, () => loop(directory, order, rounds));
});
process.on('disconnect', () => process.exit());
process.send({ ready: true });

function loop(directory, order, rounds) {
  const end = Date.now() + LONGEST_LOOP;
  const results = [];
  for (let round = 0; round < rounds && Date.now() < end; round++)
    for (const index of order) {
      const result = write(plans[index], directory);
      if (result.findings.length > 0 && results.length < 20) results.push(result);
    }
  reply(results);
}

function reply(results) {
  process.send({ findings: results.flatMap(({ findings }) => findings), changed: results.map(changedIn) });
}

function changedIn({ changes }) {
  return changes.filter(({ change }) => change !== 'unchanged').length;
}

// Delivers plans in turn with the built packages until it is killed. The plans come in a file, all else as arguments.
import { readFileSync } from 'node:fs';
import process from 'node:process';
import { deliver } from '@strake/gitops';

const [file, repository] = process.argv.slice(2);
const plans = JSON.parse(readFileSync(file, 'utf8'));

process.on('disconnect', () => process.exit());
process.send({ ready: true });
for (let round = 0; ; round++) {
  const { findings } = await deliver(plans[round % plans.length], { repository });
  if (findings.length > 0) process.send({ findings });
}

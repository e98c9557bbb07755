import { clusterAvailability } from './availability.ts';

process.stdout.write(`${clusterAvailability()}\n`);

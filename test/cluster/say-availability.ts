import { suitesAvailability } from './availability.ts';

process.stdout.write(`${suitesAvailability()}\n`);

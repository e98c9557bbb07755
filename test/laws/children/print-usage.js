// Loaded into a process before its program: says at its end how much memory it has had, and how long a processor.
import { writeFileSync } from 'node:fs';
import process from 'node:process';

const file = process.env['USAGE_FILE'];
process.on('exit', () => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  const usage = { memory: maxRSS * 1024, milliseconds: (userCPUTime + systemCPUTime) / 1000 };
  try {
    if (file !== undefined) writeFileSync(file, JSON.stringify(usage));
  } catch {
    // Nowhere to say it, on a full disk for example.
  }
});

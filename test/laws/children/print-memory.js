// Loaded into a process before its program: says at its end how much memory it has had.
import { writeFileSync } from 'node:fs';
import process from 'node:process';

const file = process.env['MEMORY_FILE'];
process.on('exit', () => {
  try {
    if (file !== undefined) writeFileSync(file, String(process.resourceUsage().maxRSS * 1024));
  } catch {
    // Nowhere to say it, on a full disk for example.
  }
});

/** Writes the papers that follow from the code: docs/messages.md. A spec holds them against it. */
import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describeCatalog } from '@tandem/messaging';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

if (process.argv.includes('--help')) {
  process.stdout.write('Usage: npm run docs\nWrites docs/messages.md from the message catalog.\n');
} else {
  await writeFile(join(root, 'docs', 'messages.md'), describeCatalog());
  process.stdout.write('docs/messages.md is written.\n');
}

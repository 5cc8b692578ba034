/** Writes the papers that follow from the code, in docs/. Specs hold them against it. */
import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describeFieldOwnership } from '@tandem/adapters-salesforce';
import { describeCatalog } from '@tandem/messaging';
import { describeManhattanTwin } from '@tandem/vendor-twins';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

if (process.argv.includes('--help')) {
  process.stdout.write(
    'Usage: npm run docs\nWrites docs/messages.md from the message catalog, docs/field-ownership.md from the CRM mapping, docs/twin-manhattan.md from the twin.\n',
  );
} else {
  await writeFile(join(root, 'docs', 'messages.md'), describeCatalog());
  await writeFile(join(root, 'docs', 'field-ownership.md'), describeFieldOwnership());
  await writeFile(join(root, 'docs', 'twin-manhattan.md'), describeManhattanTwin());
  process.stdout.write('docs/messages.md, docs/field-ownership.md and docs/twin-manhattan.md are written.\n');
}

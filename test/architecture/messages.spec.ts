import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { describeCatalog } from '@tandem/messaging';

describe('docs/messages.md', () => {
  it('says what the catalog says (`npm run docs` writes it)', () => {
    expect(readFileSync('docs/messages.md', 'utf8')).toBe(describeCatalog());
  });
});

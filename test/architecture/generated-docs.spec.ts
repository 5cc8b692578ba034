import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { describeFieldOwnership } from '@tandem/adapters-salesforce';
import { describeCatalog } from '@tandem/messaging';

describe('docs/messages.md', () => {
  it('says what the catalog says (`npm run docs` writes it)', () => {
    expect(readFileSync('docs/messages.md', 'utf8')).toBe(describeCatalog());
  });
});

describe('docs/field-ownership.md', () => {
  it('says what the mapping says (`npm run docs` writes it)', () => {
    expect(readFileSync('docs/field-ownership.md', 'utf8')).toBe(describeFieldOwnership());
  });
});

import { describe, expect, it } from '@jest/globals';
import { linesOf, productFiles } from './product-files.js';

describe('Product files', () => {
  const sizes = productFiles().map((file) => ({ file, lines: linesOf(file) }));

  it('are found at all', () => {
    expect(sizes.length).toBeGreaterThan(50);
  });

  it('are short: half of them have at most 80 lines', () => {
    const sorted = sizes.map(({ lines }) => lines).sort((a, b) => a - b);
    expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThanOrEqual(80);
  });

  it('never pass 300 lines', () => {
    expect(sizes.filter(({ lines }) => lines > 300)).toEqual([]);
  });
});

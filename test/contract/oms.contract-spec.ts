import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { omsClaims, proveClaims } from '@tandem/domain/testing';
import { twinTarget } from './manhattan/twin-target.js';
import { ManhattanWorld } from './manhattan/world.js';

describe('The OMS adapter and the OMS twin', () => {
  const run = Date.now().toString(36).toUpperCase();
  let world: ManhattanWorld;

  beforeAll(async () => {
    world = await ManhattanWorld.around(await twinTarget(run), run);
  });
  afterAll(() => world.close());

  it('have a contract of at least 120 claims, each with a name of its own and its section', () => {
    expect(omsClaims.length).toBeGreaterThanOrEqual(120);
    expect(new Set(omsClaims.map(({ id }) => id)).size).toBe(omsClaims.length);
    expect(omsClaims.filter(({ section }) => !section.startsWith('§'))).toEqual([]);
  });

  it.each([...omsClaims])('keep $section: $title', async (claim) => {
    const [result] = await proveClaims(world, [claim]);
    expect(result).not.toMatchObject({ result: 'failed' });
  });
});

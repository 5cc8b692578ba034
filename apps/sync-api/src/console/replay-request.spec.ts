import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { readJsonBody } from '../platform/json-body.js';
import { ReplayRequest, selectionOf } from './replay-request.js';

const requestIn = (text: string) => readJsonBody(Buffer.from(text), ReplayRequest);

describe('What a replay is asked for', () => {
  it('may be all that docs/recovery.md shows', async () => {
    const paper = await readFile('docs/recovery.md', 'utf8');
    const shown = [...paper.matchAll(/POST \/v1\/operations\/parked-messages\/replays\n(\{.+\})/g)];
    expect(shown).toHaveLength(2);
    for (const [, body = ''] of shown) expect(selectionOf(requestIn(body))).toMatchObject({ site: 'aurora-us' });
  });

  it('names instants, whatever zone they are given in', () => {
    const { from, to } = selectionOf(requestIn('{ "from": "2026-11-25T09:00:00+01:00" }'));
    expect([from, to]).toEqual(['2026-11-25T08:00:00.000Z', undefined]);
  });

  it.each(['{}', '{ "apply": true }', '{ "perSecond": 5 }'])('is not all that is parked: %s', (body) => {
    expect(() => selectionOf(requestIn(body))).toThrow('which messages are meant');
  });

  it.each([
    '{ "code": 5 }',
    '{ "key": "" }',
    '{ "from": "yesterday" }',
    '{ "code": "c", "perSecond": 0 }',
    '{ "all": true }',
  ])('is refused where it is malformed: %s', (body) => {
    expect(() => requestIn(body)).toThrow('not right');
  });
});

import { afterAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { freshDatabase, templateDatabase } from './index.js';

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<Record<string, unknown>>(sql);
    return rows;
  } finally {
    await client.end();
  }
}

describe('Databases for tests', () => {
  const opened: { drop(): Promise<void> }[] = [];
  const open = async (template?: string) => {
    const database = await freshDatabase(template);
    opened.push(database);
    return database;
  };
  afterAll(() => Promise.all(opened.map((database) => database.drop())));

  it('are migrated once, however many ask for the template at the same time', async () => {
    let migrations = 0;
    const migrate = async (url: string) => {
      migrations += 1;
      await query(url, 'CREATE TABLE parcels (weight int)');
    };
    const names = await Promise.all([1, 2, 3].map(() => templateDatabase('parcels', migrate)));
    expect(migrations).toBe(1);
    expect(new Set(names).size).toBe(1);
  });

  it('share nothing although they are cloned from one template', async () => {
    const template = await templateDatabase('crates', async (url) => {
      await query(url, 'CREATE TABLE crates (weight int)');
    });
    const [one, other] = [await open(template), await open(template)];
    await query(one.url, 'INSERT INTO crates VALUES (7)');
    expect(await query(one.url, 'SELECT weight FROM crates')).toEqual([{ weight: 7 }]);
    expect(await query(other.url, 'SELECT weight FROM crates')).toEqual([]);
  });

  it('leave no template behind when the migration fails', async () => {
    const failing = templateDatabase('broken', () => Promise.reject(new Error('wrong column')));
    await expect(failing).rejects.toThrow('wrong column');
    const template = await templateDatabase('broken', async (url) => {
      await query(url, 'CREATE TABLE mended (id int)');
    });
    expect(await query((await open(template)).url, 'SELECT id FROM mended')).toEqual([]);
  });

  it('are gone after drop, with whoever is still connected', async () => {
    const { url, drop } = await open();
    const lingering = new pg.Client({ connectionString: url });
    lingering.on('error', () => undefined);
    await lingering.connect();
    await drop();
    await expect(query(url, 'SELECT 1')).rejects.toThrow('does not exist');
  });
});

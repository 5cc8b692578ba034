import { isJsonObject, text, type JsonObject } from './json.js';
import type { Org } from './org.js';
import type { RecordWriter } from './record-writer.js';
import { Refusal } from './refusal.js';
import { fieldOf, type SObject } from './schema.js';

const admin = (userId: string) => ({ client: null, traceparent: null, userId, origin: '' });

/**
 * Inserts records as an administrator would, all or none. A reference may name an earlier record of the same call as
 * `@referenceId`. Answers the new ids by reference id. Throws a Refusal that says which record.
 */
export function seedRecords(
  org: Org,
  writer: RecordWriter,
  records: readonly unknown[],
  userId: string,
): Record<string, string> {
  const ids: Record<string, string> = {};
  org.store.atomically(() =>
    records.forEach((record, index) => {
      const attributes = isJsonObject(record) ? record['attributes'] : undefined;
      const object = org.schema.object(text(attributes, 'type') ?? '');
      if (!object || !isJsonObject(record))
        throw new Refusal(
          'INVALID_TYPE',
          `record ${index}: sObject type '${text(attributes, 'type')}' is not supported.`,
        );
      const id = seedOne(writer, object, record, ids, index, userId);
      const reference = text(attributes, 'referenceId');
      if (reference !== undefined) ids[reference] = id;
    }),
  );
  return ids;
}

function seedOne(
  writer: RecordWriter,
  object: SObject,
  record: JsonObject,
  ids: Record<string, string>,
  index: number,
  userId: string,
): string {
  try {
    return writer.seed(object, resolved(object, record, ids), admin(userId));
  } catch (error) {
    if (error instanceof Refusal)
      throw new Refusal(error.code, `record ${index} (${object.name}): ${error.message}`, error.fields);
    throw error;
  }
}

function resolved(object: SObject, record: JsonObject, ids: Record<string, string>): JsonObject {
  return Object.fromEntries(
    Object.entries(record).map(([name, value]) => {
      const reference =
        typeof value === 'string' && value.startsWith('@') && fieldOf(object, name)?.type === 'reference';
      return [name, reference ? (ids[value.slice(1)] ?? value) : value];
    }),
  );
}

const currencies = ['USD', 'EUR', 'GBP', 'CAD', 'CHF', 'SEK', 'JPY', 'AUD'];

/** What every org holds before anyone works in it. Answers the ids of the named users. */
export function seedOrg(org: Org, writer: RecordWriter, usernames: readonly string[]): Map<string, string> {
  const users = usernames.map((username, index) => ({
    attributes: { type: 'User', referenceId: `u${index}` },
    Username: username,
    IsActive: true,
  }));
  const rows: unknown[] = [
    ...users,
    {
      attributes: { type: 'Organization' },
      Name: 'Twin Org',
      IsSandbox: true,
      OrganizationType: 'Enterprise Edition',
      InstanceName: 'TW1',
      LanguageLocaleKey: 'en_US',
      TimeZoneSidKey: 'GMT',
      DefaultLocaleSidKey: 'en_US',
    },
    {
      attributes: { type: 'OrderStatus' },
      ApiName: 'Draft',
      MasterLabel: 'Draft',
      StatusCode: 'Draft',
      IsDefault: true,
      SortOrder: 1,
    },
    {
      attributes: { type: 'OrderStatus' },
      ApiName: 'Activated',
      MasterLabel: 'Activated',
      StatusCode: 'Activated',
      SortOrder: 2,
    },
    ...(org.features.multiCurrency ? currencies.map((code, index) => currency(code, index)) : []),
    { attributes: { type: 'Pricebook2' }, Name: 'Standard Price Book', IsActive: true, IsStandard: true },
  ];
  const ids = seedRecords(org, writer, rows, '005000000000000AAA');
  return new Map(usernames.map((username, index) => [username, ids[`u${index}`] ?? '']));
}

function currency(code: string, index: number) {
  const digits = new Intl.NumberFormat('en', { style: 'currency', currency: code }).resolvedOptions()
    .maximumFractionDigits;
  return {
    attributes: { type: 'CurrencyType' },
    IsoCode: code,
    ConversionRate: 1,
    DecimalPlaces: digits ?? 2,
    IsCorporate: index === 0,
    IsActive: true,
  };
}

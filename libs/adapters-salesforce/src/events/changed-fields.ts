import type { types } from 'avsc';
import { nestedRecord } from './avro-records.js';

/**
 * The names that a bitmap of a change event marks (§3.1): `0x400000` marks fields of the record itself, bit 0 its first; `4-0x01` fields
 * of the record nested in its fifth, as `BillingAddress.City`. A bit without a field is passed over: the schema may be an older one.
 */
export function namesOfBits(bitmaps: readonly string[], record: types.RecordType): readonly string[] {
  return bitmaps.flatMap((bitmap) => {
    const [, index, hex] = /^(?:(\d+)-)?0x([0-9a-f]+)$/i.exec(bitmap) ?? [];
    if (hex === undefined) return [];
    if (index === undefined) return marked(hex, record);
    const parent = record.fields[Number(index)];
    const nested = parent && nestedRecord(parent.type);
    return nested ? marked(hex, nested).map((name) => `${parent.name}.${name}`) : [];
  });
}

function marked(hex: string, record: types.RecordType): readonly string[] {
  const bits = BigInt(`0x${hex}`);
  return record.fields.flatMap(({ name }, position) => ((bits >> BigInt(position)) & 1n ? [name] : []));
}

import type { WriteOutcome } from '@tandem/domain';

/** One record to write, in the org's own terms. Safe to repeat: by its id, or upserted by an external id. */
export interface RecordWrite {
  /** Unique within the org: two writes of one name are one record. */
  readonly name: string;
  readonly object: string;
  /** The external id that it is upserted by; undefined where it is written by its record id. */
  readonly externalId: string | undefined;
  /** `id`, or the external id with its value. */
  readonly identity: Readonly<Record<string, string>>;
  /** Written no sooner than records of lower layers: its parents must be there. */
  readonly layer: number;
  /** Records of one parent are sent side by side: spread out, the org locks the parent again and again (§2.7). */
  readonly parent: string;
  /** The order that it tells of, as far as it says: what load is measured in. */
  readonly order: string | undefined;
  /** What the org takes at creation only, such as the parent (§2.2); empty where the org has the record. */
  readonly atCreation: Readonly<Record<string, unknown>>;
  /** Null empties a field; a field that is not named stays as it is. */
  readonly fields: Readonly<Record<string, unknown>>;
}

/** By the name of the record. */
export type Outcomes = ReadonlyMap<string, WriteOutcome>;

/** One write a record: a later one wins, field by field. */
export function merged(writes: readonly RecordWrite[]): readonly RecordWrite[] {
  const byName = new Map<string, RecordWrite>();
  for (const write of writes) {
    const earlier = byName.get(write.name);
    byName.set(write.name, {
      ...write,
      atCreation: { ...earlier?.atCreation, ...write.atCreation },
      fields: { ...earlier?.fields, ...write.fields },
    });
  }
  return [...byName.values()];
}

/** The record as a collection call takes it (§2.3). */
export const collectionRecord = ({ object, identity, atCreation, fields }: RecordWrite): object => ({
  attributes: { type: object },
  ...identity,
  ...atCreation,
  ...fields,
});

export const isCreation = ({ atCreation }: RecordWrite): boolean => Object.keys(atCreation).length > 0;

import type { Type, types } from 'avsc';

export const isRecordType = (type: Type): type is types.RecordType => type.typeName === 'record';

/** The record in a field of that type: itself, or the one in a union with null. */
export function nestedRecord(type: Type): types.RecordType | undefined {
  if (isRecordType(type)) return type;
  const branches: readonly Type[] = type.typeName.startsWith('union')
    ? [...(type as types.UnwrappedUnionType).types]
    : [];
  return branches.find(isRecordType);
}

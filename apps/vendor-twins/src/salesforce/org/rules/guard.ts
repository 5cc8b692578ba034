import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { text } from '../json.js';
import type { Caller } from '../journal.js';
import { Refusal } from '../refusal.js';
import type { Row, SObject } from '../schema.js';
import { readXml } from '../sfdx-xml.js';
import { ValidationRules } from './validation-rules.js';

/** Two records of the object that have all these fields alike are duplicates; the case of text does not count. */
export interface DuplicateRule {
  object: string;
  fields: readonly string[];
}

interface Records {
  /** live records of an object */
  rows(object: string): Row[];
}

/** What an administrator has set up on top of the objects: validation rules of the package, and duplicate rules (§8 item 10). */
export class Guard {
  private readonly validation: ValidationRules;
  private readonly granted = new Map<string, readonly string[]>();
  settings: { validationRules: boolean; duplicateRules: readonly DuplicateRule[] } = this.calm();

  constructor(private readonly objectsFolder: string) {
    this.validation = new ValidationRules(objectsFolder);
  }

  clear() {
    this.settings = this.calm();
  }

  /** Throws the Refusal of the first rule that the write breaks. */
  check(org: Records, object: SObject, before: Row | undefined, after: Row, caller: Caller) {
    const { validationRules, duplicateRules } = this.settings;
    const permissions = new Set(caller.permissionSets?.flatMap((name) => this.permissionsIn(name)));
    if (validationRules) this.validation.check(object.name, { before, after, permissions });
    if (caller.savesDuplicates === true) return;
    for (const rule of duplicateRules)
      if (rule.object === object.name && org.rows(object.name).some((row) => alike(rule, row, after)))
        throw new Refusal('DUPLICATES_DETECTED', 'Use one of these records?');
  }

  /** Custom permissions of a permission set of the package. */
  private permissionsIn(set: string): readonly string[] {
    const known = this.granted.get(set);
    if (known) return known;
    const file = join(dirname(this.objectsFolder), 'permissionsets', `${set}.permissionset-meta.xml`);
    const given = existsSync(file) ? readXml(file, 'PermissionSet')['customPermissions'] : [];
    const entries: unknown[] = Array.isArray(given) ? given : [given];
    const names = entries.flatMap((entry) => (text(entry, 'enabled') === 'true' ? (text(entry, 'name') ?? []) : []));
    this.granted.set(set, names);
    return names;
  }

  private calm() {
    return { validationRules: false, duplicateRules: [] };
  }
}

function alike({ fields }: DuplicateRule, row: Row, other: Row): boolean {
  const plain = (value: Row[string] | undefined) => String(value ?? '').toLowerCase();
  return (
    row['Id'] !== other['Id'] &&
    fields.every((name) => plain(row[name]) !== '' && plain(row[name]) === plain(other[name]))
  );
}

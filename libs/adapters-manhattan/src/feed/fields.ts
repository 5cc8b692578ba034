import { parseAmount, PermanentFault, type Currency, type Instant, type Minor } from '@tandem/domain';
import { isRecord, type JsonRecord } from '../json.js';
import { parseMoment } from '../moment.js';

const RULES = {
  'value.missing': 'is missing',
  'text.expected': 'is not a text or a number',
  'number.expected': 'is not a plain decimal number',
  'quantity.negative': 'is below zero',
  'flag.expected': 'is not true or false',
  'moment.expected': 'is not a moment in UTC',
  'amount.expected': 'is not an amount of the currency of the order',
  'object.expected': 'is not an object',
  'list.expected': 'is not a list',
  'list.empty': 'holds no order',
  'utf8.expected': 'is not UTF-8 text',
  'json.expected': 'is not whole JSON',
  'nesting.too_deep': 'is wrapped in more layers than any known sender adds',
} as const;

/** Names the field and the rule, never the content: a parser's own message would quote what it read. */
export function unreadable(field: string, rule: keyof typeof RULES): PermanentFault {
  const sentence = `${field} ${RULES[rule]}.`;
  const remedy = 'Compare the publish template of the OMS with what we read, correct it, and publish the order again.';
  return new PermanentFault('oms.unreadable_message', `A publish of the OMS cannot be read: ${sentence}`, {
    context: { field, rule },
    violations: [{ field, rule, sentence, remedy }],
  });
}

/**
 * The attributes of one JSON object of the vendor. Null, absent and empty are one and the same: a template may leave
 * anything out (§0.5). Ids may come as numbers, numbers and booleans as text (§2.5, §10.31). What is there and has the
 * wrong form is a PermanentFault `oms.unreadable_message`.
 */
export class Fields {
  private constructor(
    /** As it came, for what has no known names. */
    readonly raw: JsonRecord,
    private readonly path: string,
  ) {}

  static of(value: unknown, path: string): Fields {
    if (!isRecord(value)) throw unreadable(path || 'body', 'object.expected');
    return new Fields(value, path);
  }

  pathOf(name: string): string {
    return this.path ? `${this.path}.${name}` : name;
  }

  private value(name: string): unknown {
    return Object.hasOwn(this.raw, name) ? (this.raw[name] ?? undefined) : undefined;
  }

  text(name: string): string | undefined {
    const value = this.value(name);
    if (value === undefined || value === '') return undefined;
    if (typeof value === 'string') return value;
    if (typeof value === 'number') return String(value);
    throw unreadable(this.pathOf(name), 'text.expected');
  }

  requiredText(name: string): string {
    const text = this.text(name);
    if (text === undefined) throw unreadable(this.pathOf(name), 'value.missing');
    return text;
  }

  /** Units with up to four decimals (§2.5), never below zero; undefined where absent. */
  quantity(name: string): number | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    if (!/^-?\d{1,12}(\.\d+)?$/.test(text)) throw unreadable(this.pathOf(name), 'number.expected');
    const quantity = Number(Number(text).toFixed(4));
    if (quantity < 0) throw unreadable(this.pathOf(name), 'quantity.negative');
    return quantity;
  }

  /** Absent is false. */
  flag(name: string): boolean {
    const value = this.value(name);
    if (value === undefined || value === '') return false;
    if (typeof value === 'boolean') return value;
    const text = typeof value === 'string' ? value.toLowerCase() : '';
    if (text === 'true' || text === 'false') return text === 'true';
    throw unreadable(this.pathOf(name), 'flag.expected');
  }

  moment(name: string): Instant | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const moment = parseMoment(text);
    if (moment === undefined) throw unreadable(this.pathOf(name), 'moment.expected');
    return moment;
  }

  amount(name: string, currency: Currency): Minor | undefined {
    const value = this.value(name);
    if (value === undefined || value === '') return undefined;
    const amount = typeof value === 'string' || typeof value === 'number' ? parseAmount(value, currency) : undefined;
    if (amount === undefined) throw unreadable(this.pathOf(name), 'amount.expected');
    return amount;
  }

  /** An id that stands alone or in an object around it, such as `{ "DocTypeId": … }` (§2.5). */
  reference(name: string, idName: string): string | undefined {
    return isRecord(this.value(name)) ? this.child(name)?.text(idName) : this.text(name);
  }

  child(name: string): Fields | undefined {
    const value = this.value(name);
    return value === undefined ? undefined : Fields.of(value, this.pathOf(name));
  }

  /** Absent is the empty list. */
  children(name: string): readonly Fields[] {
    const value = this.value(name);
    if (value === undefined) return [];
    if (!Array.isArray(value)) throw unreadable(this.pathOf(name), 'list.expected');
    return value.map((entry: unknown, index) => Fields.of(entry, `${this.pathOf(name)}[${index}]`));
  }

  requiredChildren(name: string): readonly Fields[] {
    if (this.value(name) === undefined) throw unreadable(this.pathOf(name), 'value.missing');
    return this.children(name);
  }
}

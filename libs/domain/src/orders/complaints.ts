import type { Violation } from '../kernel/faults.js';
import { parseAmount, type Currency } from '../money/currency.js';
import { ZERO, type Minor } from '../money/minor.js';
import type { CapturedAmount } from './captured-order.js';

/** Collects what is wrong with an order while it is read, so that its sender hears all of it at once. */
export class Complaints {
  readonly violations: Violation[] = [];

  add(field: string, rule: string, sentence: string, remedy: string): void {
    this.violations.push({ field, rule, sentence, remedy });
  }

  /** The text, or a complaint and ''. */
  text(field: string, value: string | undefined): string {
    const text = value?.trim();
    if (text) return text;
    this.add(field, 'field.required', `${field} is missing.`, `Fill in ${field} on the order and submit it again.`);
    return '';
  }

  /** The amount in minor units, or a complaint and zero. Missing is a complaint as well. */
  amount(field: string, value: CapturedAmount | undefined, currency: Currency): Minor {
    if (value === undefined) {
      this.text(field, undefined);
      return ZERO;
    }
    const amount = parseAmount(value, currency);
    if (amount === undefined) {
      this.add(
        field,
        'amount.unreadable',
        `${field} is no amount of ${currency}.`,
        `Give ${field} as a decimal number with no more decimals than ${currency} has.`,
      );
      return ZERO;
    }
    if (amount < 0) this.add(field, 'amount.negative', `${field} is negative.`, `Give ${field} as zero or more.`);
    return amount;
  }

  /** As `amount`; where nothing was given it is zero. */
  optionalAmount(field: string, value: CapturedAmount | undefined, currency: Currency): Minor {
    return value === undefined ? ZERO : this.amount(field, value, currency);
  }
}

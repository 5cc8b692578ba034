import type { Violation } from '../kernel/faults.js';
import type { Told } from './captured-account.js';
import type { Countries } from './countries.js';
import type { PhoneNumbers } from './phone-numbers.js';

/** What is needed to read what people write. */
export interface Readings {
  readonly countries: Countries;
  readonly phones: PhoneNumbers;
}

const RESEND = 'saving the record sends it again.';

/** Collects what is wrong with a customer while it is read, so that whoever mends it hears all of it at once. Never quotes a value. */
export class AccountComplaints {
  readonly violations: Violation[] = [];

  add({ field }: Told<unknown>, rule: string, sentence: string, remedy: string): void {
    this.violations.push({ field, rule, sentence, remedy: `${remedy}; ${RESEND}` });
  }

  /** The text as it was written, in Unicode's composed form; '' with a complaint where there is none. */
  required(told: Told): string {
    const text = composed(told.value);
    if (text === undefined) this.add(told, 'field.required', `${told.field} is missing.`, `Fill in ${told.field}`);
    return text ?? '';
  }

  optional(told: Told, most: number): string | undefined {
    const text = composed(told.value);
    return text === undefined ? undefined : this.fitting({ ...told, value: text }, most);
  }

  /** The text; with a complaint where it has too many characters. Nothing is ever cut. */
  fitting(told: Told, most: number): string {
    const text = told.value ?? '';
    const count = [...text].length;
    if (count > most) {
      const sentence = `${told.field} has ${count} characters; ${most} fit.`;
      this.add(told, 'text.too_long', sentence, `Shorten ${told.field} to ${most} characters`);
    }
    return text;
  }

  phone(told: Told, phones: PhoneNumbers, country: string | undefined): string | undefined {
    const text = composed(told.value);
    if (text === undefined) return undefined;
    const number = phones.e164(text, country);
    if (number === undefined) {
      this.add(
        told,
        'phone.not_e164',
        `${told.field} is no phone number that the whole world can dial (E.164).`,
        `Correct ${told.field}: country code and number, without extension`,
      );
    }
    return number;
  }
}

const composed = (text: string | undefined): string | undefined => text?.normalize('NFC').trim() || undefined;

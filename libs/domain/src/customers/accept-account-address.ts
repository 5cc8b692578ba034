import { given } from '../kernel/given.js';
import type { AccountComplaints, Readings } from './account-complaints.js';
import type { Address } from './address.js';
import type { CapturedAccountAddress, Told } from './captured-account.js';
import { stateCodeOf, USUAL_LENGTHS, type CountryRules, type Lengths } from './countries.js';

/** Reads an address by the rules of its country. Names and streets stay in the script that they were written in. */
export function acceptAccountAddress(
  complaints: AccountComplaints,
  captured: CapturedAccountAddress,
  { countries, phones }: Readings,
): Address {
  const written = complaints.required(captured.country);
  const rules = countries.find(written);
  if (!rules) {
    if (written) unknownCountry(complaints, captured.country);
    return { lines: [], city: '', country: written };
  }
  const longest: Lengths = { ...USUAL_LENGTHS, ...rules.longest };
  return {
    lines: acceptLines(complaints, captured.lines, rules, longest),
    city: complaints.fitting({ ...captured.city, value: complaints.required(captured.city) }, longest.city),
    country: rules.code,
    ...given({
      firstName: complaints.optional(captured.firstName, longest.firstName),
      lastName: complaints.optional(captured.lastName, longest.lastName),
      state: acceptState(complaints, captured.state, rules, longest),
      postalCode: acceptPostalCode(complaints, captured.postalCode, rules, longest),
      phone: complaints.phone(captured.phone, phones, rules.code),
      email: complaints.optional(captured.email, longest.email),
    }),
  };
}

function acceptLines(
  complaints: AccountComplaints,
  told: Told<readonly string[]>,
  { lines: { most, order } }: CountryRules,
  longest: Lengths,
): readonly string[] {
  const { field, value = [] } = told;
  if (value.length === 0) complaints.required({ field, value: undefined });
  if (value.length > most) {
    const sentence = `${field} has ${value.length} lines; ${most} fit.`;
    complaints.add(told, 'address.too_many_lines', sentence, `Join lines of ${field} until it has ${most}`);
  }
  const lines = value.map((line) => complaints.fitting({ field, value: line.normalize('NFC') }, longest.line));
  return order === 'reversed' ? lines.toReversed() : lines;
}

function acceptState(
  complaints: AccountComplaints,
  told: Told,
  rules: CountryRules,
  longest: Lengths,
): string | undefined {
  const { required, give, known } = rules.state;
  if (give === 'nothing') return undefined;
  const written = required ? complaints.required(told) || undefined : complaints.optional(told, longest.state);
  if (written === undefined || Object.keys(known).length === 0) return written;
  const code = stateCodeOf(rules, written);
  if (code === undefined) {
    complaints.add(
      told,
      'state.unknown',
      `${told.field} is no state or province of ${rules.code} that we know.`,
      `Correct ${told.field}, or add what it says to the file of ${rules.code} in the folder of countries`,
    );
    return undefined;
  }
  return give === 'code' ? code : (known[code]?.[0] ?? code);
}

function acceptPostalCode(
  complaints: AccountComplaints,
  told: Told,
  { code, postalCode: { required, pattern, example, digitsAs } }: CountryRules,
  longest: Lengths,
): string | undefined {
  const text = required ? complaints.required(told) : complaints.optional(told, longest.postalCode);
  if (!text) return undefined;
  const whole = new RegExp(`^(?:${pattern})$`);
  const plain = text
    .normalize('NFKC')
    .replace(/[‐-―−ー]/g, '-')
    .toUpperCase();
  const postalCode = whole.test(plain) ? plain : (laidOut(plain, digitsAs) ?? plain);
  if (!whole.test(postalCode)) {
    complaints.add(
      told,
      'postal_code.unreadable',
      `${told.field} is no postal code of ${code}.`,
      `Write ${told.field} like ${example}`,
    );
  }
  return complaints.fitting({ ...told, value: postalCode }, longest.postalCode);
}

/** Bare digits in the way the country writes them; undefined where their number differs. */
function laidOut(text: string, digitsAs: string | undefined): string | undefined {
  const digits = text.replace(/[\s-]/g, '');
  if (digitsAs === undefined || !/^\d+$/.test(digits)) return undefined;
  const places = digitsAs.split('').filter((mark) => mark === '#').length;
  if (digits.length !== places) return undefined;
  let next = 0;
  return digitsAs.replace(/#/g, () => digits[next++] ?? '');
}

const unknownCountry = (complaints: AccountComplaints, told: Told): void =>
  complaints.add(
    told,
    'country.unknown',
    `${told.field} is neither a two-letter country code nor a name that we know.`,
    `Use the ISO 3166 code in ${told.field}, or add the name to the file of the country in the folder of countries`,
  );

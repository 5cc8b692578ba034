import type { Address } from '../customers/address.js';
import { given } from '../kernel/given.js';
import type { CapturedAddress } from './captured-order.js';
import type { Complaints } from './complaints.js';

/** Reads an address; what a carrier cannot do without is complained about. */
export function acceptAddress(complaints: Complaints, field: string, captured: CapturedAddress): Address {
  const lines = captured.lines.map((line) => line.trim()).filter((line) => line !== '');
  if (lines.length === 0) complaints.text(`${field}.lines`, undefined);
  const country = complaints.text(`${field}.country`, captured.country);
  if (country !== '' && !/^[A-Z]{2}$/.test(country)) {
    complaints.add(
      `${field}.country`,
      'country.not_iso',
      `${field}.country is not a two-letter country code.`,
      'Use the ISO 3166 code of the country.',
    );
  }
  return {
    lines,
    city: complaints.text(`${field}.city`, captured.city),
    country,
    ...given({
      firstName: captured.firstName,
      lastName: captured.lastName,
      state: captured.state,
      postalCode: captured.postalCode,
      phone: captured.phone,
      email: captured.email,
    }),
  };
}

const EMAIL = /[^\s@<>"'(),;:]+@[^\s@<>"'(),;:]+/g;
/** Seven digits or more, also when grouped: phone, card and account numbers. Long order numbers fall with them. */
const DIGITS = /\d(?:[ .()-]{0,2}\d){6,}/g;
const LONGEST = 300;

/**
 * A sentence of the vendor as it may be shown and logged: e-mail addresses and long runs of digits masked, at most 300 characters.
 * Names cannot be told from other words; the vendor's validations have not been seen to quote them.
 */
export function vendorSentence(text: string): string {
  // Masked before it is cut: half an address would not be known for one.
  const masked = text.replace(/\s+/g, ' ').trim().replace(EMAIL, '<e-mail>').replace(DIGITS, '<digits>');
  return masked.length <= LONGEST ? masked : `${masked.slice(0, LONGEST - 1)}…`;
}

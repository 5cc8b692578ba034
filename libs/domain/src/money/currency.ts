import { minorOf, type Minor } from './minor.js';

/** The active codes of ISO 4217 (list one) that money is tendered in. */
const CODES =
  'AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY COP CRC CUP ' +
  'CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD ' +
  'JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN ' +
  'NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL ' +
  'THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWG';
const WITHOUT_DECIMALS = 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF';
const WITH_THREE = 'BHD IQD JOD KWD LYD OMR TND';

const DECIMALS: ReadonlyMap<string, number> = new Map([
  ...CODES.split(' ').map((code) => [code, 2] as const),
  ...WITHOUT_DECIMALS.split(' ').map((code) => [code, 0] as const),
  ...WITH_THREE.split(' ').map((code) => [code, 3] as const),
]);

export type Currency = string;

export const isCurrency = (code: string): code is Currency => DECIMALS.has(code);

/** Decimals of a currency; of an unknown one undefined. */
export const decimalsOf = (currency: Currency): number | undefined => DECIMALS.get(currency);

/**
 * Reads a decimal number as minor units. Exact: it looks at digits, not at binary fractions.
 * Undefined where the text is no number or has more decimals than the currency (beyond zeros).
 */
export function parseAmount(value: string | number, currency: Currency): Minor | undefined {
  const decimals = decimalsOf(currency);
  const match = /^([+-]?)(\d+)(?:\.(\d+))?$/.exec(typeof value === 'number' ? plainDigits(value) : value.trim());
  if (decimals === undefined || !match) return undefined;
  const [, sign, whole = '', fraction = ''] = match;
  if (/[1-9]/.test(fraction.slice(decimals))) return undefined;
  const units = Number(whole + fraction.slice(0, decimals).padEnd(decimals, '0'));
  if (!Number.isSafeInteger(units)) return undefined;
  return minorOf(sign === '-' ? -units : units);
}

/** Binary noise such as 0.30000000000000004 is what a JSON number became on its way, not what its sender wrote. */
const plainDigits = (value: number) => (Number.isInteger(value) ? value.toFixed(0) : String(Number(value.toFixed(6))));

/** The amount as a plain decimal text, such as `12.50` or `-3`. */
export function formatAmount(amount: Minor, currency: Currency): string {
  const decimals = decimalsOf(currency) ?? 2;
  const digits = Math.abs(amount)
    .toFixed(0)
    .padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  const text = decimals === 0 ? whole : `${whole}.${digits.slice(digits.length - decimals)}`;
  return amount < 0 ? `-${text}` : text;
}

/** The amount as a JSON number of major units. Its digits are those of `formatAmount`. */
export const amountAsNumber = (amount: Minor, currency: Currency): number => Number(formatAmount(amount, currency));

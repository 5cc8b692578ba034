import type { CapturedAmount } from '@tandem/domain';

/** Exact decimal arithmetic: 3 × 0.1 is 0.3. What is not a decimal gives undefined. */
interface Decimal {
  readonly units: bigint;
  readonly scale: number;
}

export function product(one: CapturedAmount | undefined, other: CapturedAmount | undefined): string | undefined {
  const [a, b] = [decimalOf(one), decimalOf(other)];
  return a && b && textOf({ units: a.units * b.units, scale: a.scale + b.scale });
}

export function sum(amounts: readonly (CapturedAmount | undefined)[]): string | undefined {
  return textOf(
    amounts.map(decimalOf).reduce((total, next) => total && next && added(total, next), { units: 0n, scale: 0 }),
  );
}

/** The other sign. What is not a decimal stays as it is, to be refused with its text. */
export function negated(amount: CapturedAmount): CapturedAmount {
  const decimal = decimalOf(amount);
  return textOf(decimal && { ...decimal, units: -decimal.units }) ?? amount;
}

/** Without its sign. */
export function magnitude(amount: CapturedAmount): CapturedAmount {
  const decimal = decimalOf(amount);
  return decimal && decimal.units < 0n ? negated(amount) : amount;
}

function added(a: Decimal, b: Decimal): Decimal {
  const scale = Math.max(a.scale, b.scale);
  return { units: unitsAt(a, scale) + unitsAt(b, scale), scale };
}

const unitsAt = ({ units, scale }: Decimal, wanted: number) => units * 10n ** BigInt(wanted - scale);

function decimalOf(amount: CapturedAmount | undefined): Decimal | undefined {
  const [matched, sign, whole = '', fraction = ''] = /^([+-]?)(\d{1,30})(?:\.(\d{0,30}))?$/.exec(String(amount)) ?? [];
  return matched === undefined
    ? undefined
    : { units: BigInt(`${sign === '-' ? '-' : ''}${whole}${fraction}`), scale: fraction.length };
}

function textOf(decimal: Decimal | undefined): string | undefined {
  if (!decimal) return undefined;
  const { units, scale } = decimal;
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0');
  const fraction = digits.slice(digits.length - scale).replace(/0+$/, '');
  const whole = digits.slice(0, digits.length - scale);
  return `${units < 0n ? '-' : ''}${whole}${scale > 0 && fraction ? `.${fraction}` : ''}`;
}

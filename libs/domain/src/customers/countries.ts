/** How one country writes addresses: content, not code. `config/countries` holds one file each, which installations add to. */
export interface CountryRules {
  /** ISO 3166 alpha-2. */
  readonly code: string;
  /** What people type for it, in any language. */
  readonly names: readonly string[];
  readonly state: StateRules;
  readonly postalCode: PostalCodeRules;
  readonly lines: {
    /** The most that an address may have; the OMS has three. */
    readonly most: number;
    /** Whether carriers read the street lines as the CRM has them, or from the last one. */
    readonly order: 'as-written' | 'reversed';
  };
  /** The most characters of a field, where it is not the usual number. */
  readonly longest?: Partial<Lengths>;
}

export interface StateRules {
  readonly required: boolean;
  /** What the OMS is given: the code, the first of the names, or nothing because post there does not carry it. */
  readonly give: 'code' | 'name' | 'nothing';
  /** From the code to the names it goes by. Empty: whatever is written is taken. */
  readonly known: Readonly<Record<string, readonly string[]>>;
}

export interface PostalCodeRules {
  readonly required: boolean;
  /** A regular expression for the whole of it. */
  readonly pattern: string;
  /** For the person who mends it. */
  readonly example: string;
  /** How so many bare digits are written, such as `###-####`. */
  readonly digitsAs?: string;
}

export interface Lengths {
  readonly firstName: number;
  readonly lastName: number;
  readonly line: number;
  readonly city: number;
  readonly state: number;
  readonly postalCode: number;
  readonly email: number;
}

/** What the CRM's own fields hold; what the OMS's hold is not published, so that a country's file may say less. */
export const USUAL_LENGTHS: Lengths = {
  firstName: 40,
  lastName: 255,
  line: 255,
  city: 40,
  state: 80,
  postalCode: 20,
  email: 80,
};

/** The countries that this installation has rules for; any other is taken as it is written, by its code. */
export class Countries {
  private readonly byName: ReadonlyMap<string, CountryRules>;

  constructor(rules: readonly CountryRules[]) {
    this.byName = new Map(rules.flatMap((one) => [one.code, ...one.names].map((name) => [folded(name), one])));
  }

  /** By code or by name. Undefined where it is neither known nor a code. */
  find(written: string): CountryRules | undefined {
    const known = this.byName.get(folded(written));
    if (known) return known;
    return /^[A-Z]{2}$/.test(written) ? withoutRules(written) : undefined;
  }
}

/** The code of a state by its code, with or without the country before it, or by one of its names. */
export function stateCodeOf({ code: country, state }: CountryRules, written: string): string | undefined {
  const wanted = folded(written);
  const matches = ([code, names]: [string, readonly string[]]) =>
    [code, `${country}-${code}`, ...names].some((name) => folded(name) === wanted);
  return Object.entries(state.known).find(matches)?.[0];
}

const withoutRules = (code: string): CountryRules => ({
  code,
  names: [],
  state: { required: false, give: 'code', known: {} },
  postalCode: { required: false, pattern: '.*', example: '' },
  lines: { most: 3, order: 'as-written' },
});

/** For comparison only: full-width letters, case and accents aside. */
const folded = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFC')
    .trim()
    .toLowerCase();

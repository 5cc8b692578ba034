/** A postal address as its country writes it; `country` is ISO 3166 alpha-2. */
export interface Address {
  readonly firstName?: string;
  readonly lastName?: string;
  readonly lines: readonly string[];
  readonly city: string;
  readonly state?: string;
  readonly postalCode?: string;
  readonly country: string;
  readonly phone?: string;
  readonly email?: string;
}

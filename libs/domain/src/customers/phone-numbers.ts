/** Reads phone numbers as people write them. */
export abstract class PhoneNumbers {
  /**
   * The number in E.164, such as `+12025550107`. `country` (ISO 3166 alpha-2) says how one without country code is meant.
   * Undefined where it is none, or where E.164 would lose a part of it, such as an extension.
   */
  abstract e164(written: string, country: string | undefined): string | undefined;
}

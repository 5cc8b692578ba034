import { PhoneNumbers } from '@tandem/domain';
import { isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js';

/** By the numbering plans of the world. Numbers of a possible length are taken: plans grow faster than lists of them. */
export class WorldPhoneNumbers extends PhoneNumbers {
  override e164(written: string, country: string | undefined): string | undefined {
    const home = country !== undefined && isSupportedCountry(country) ? country : undefined;
    const number = parsePhoneNumberFromString(written, { extract: false, ...(home && { defaultCountry: home }) });
    return number?.isPossible() && number.ext === undefined ? number.number : undefined;
  }
}

import type { CapturedAddress } from '@tandem/domain';
import type { AccountDraft, ContactDraft, OrderDraft, Place } from '@tandem/domain/testing';

/** Of one record, as the org names them, in the order in which a claim gave them. */
export interface Named {
  readonly fields: Readonly<Record<string, unknown>>;
  /** As change events name them: parts of addresses and of names by path (§3.1). */
  readonly told: readonly string[];
}

type Entry = readonly [field: string, value: unknown, told: string];

const PARTS = { street: 'Street', city: 'City', state: 'State', postalCode: 'PostalCode', country: 'Country' } as const;
const CODED: Readonly<Record<string, string>> = { State: 'StateCode', Country: 'CountryCode' };

/** A block of address fields; where the org keeps codes (§4.6), states and countries go in by them. */
export function placeFields(block: string, place: Place | undefined, isCoded: boolean): readonly Entry[] {
  return Object.entries(PARTS).flatMap(([part, suffix]) => {
    const value = place?.[part as keyof Place];
    const name = (isCoded && CODED[suffix]) || suffix;
    return value === undefined ? [] : [[`${block}${name}`, value, `${block}Address.${name}`] as const];
  });
}

export const placeOf = (address: CapturedAddress): Place => ({
  street: address.lines.join('\n'),
  city: address.city ?? null,
  state: address.state ?? null,
  postalCode: address.postalCode ?? null,
  country: address.country ?? null,
});

export const accountFields = (draft: AccountDraft, isCoded: boolean): Named =>
  named([
    ...plain(draft, {
      name: 'Name',
      key: 'OMS_Customer_Key__c',
      phone: 'Phone',
      email: 'PersonEmail',
      mobile: 'PersonMobilePhone',
      taxExemptId: 'OMS_Tax_Exempt_Id__c',
    }),
    ...personName(draft),
    ...placeFields('Billing', draft.billing, isCoded),
    ...placeFields('Shipping', draft.shipping, isCoded),
    ...placeFields('PersonMailing', draft.mailing, isCoded),
  ]);

export const contactFields = (draft: ContactDraft, isCoded: boolean): Named =>
  named([
    ...plain(draft, { email: 'Email', phone: 'Phone', mobile: 'MobilePhone' }),
    ...personName(draft),
    ...placeFields('Mailing', draft.mailing, isCoded),
  ]);

export const orderFields = (draft: OrderDraft, isCoded: boolean): Named =>
  named([
    ...plain(draft, { purchaseOrderNumber: 'PoNumber', instructions: 'OMS_Instructions__c' }),
    ...placeFields('Billing', draft.billing, isCoded),
  ]);

function personName({ firstName, lastName }: ContactDraft): readonly Entry[] {
  const first: readonly Entry[] = firstName === undefined ? [] : [['FirstName', firstName, 'Name.FirstName']];
  return [...first, ...(lastName === undefined ? [] : [['LastName', lastName, 'Name.LastName'] as const])];
}

function plain<Draft extends object>(
  draft: Draft,
  names: { readonly [Part in keyof Draft]?: string },
): readonly Entry[] {
  return Object.entries<string>(names as Record<string, string>).flatMap(([part, name]) => {
    const value = (draft as Record<string, unknown>)[part];
    return value === undefined ? [] : [[name, value, name] as const];
  });
}

const named = (entries: readonly Entry[]): Named => ({
  fields: Object.fromEntries(entries.map(([field, value]) => [field, value])),
  told: entries.map(([, , told]) => told),
});

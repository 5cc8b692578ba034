import { amountAsNumber, given, type OrderTerms, type SiteProfile, type Tax } from '@tandem/domain';
import type { JsonObject } from '../json.js';
import type { OrderVocabulary } from './order-vocabulary.js';

/** What a line needs to know of the whole. */
export interface LineContext {
  readonly site: SiteProfile;
  readonly order: Pick<OrderTerms, 'currency' | 'pricesIncludeTax' | 'customer'>;
  readonly words: OrderVocabulary;
}

/** What every part of a first save needs to know of the whole. */
export interface SaveContext extends LineContext {
  readonly order: OrderTerms;
}

/** A tax that the price already holds is told for information: it must not count into the total again (§3.4). */
export const taxOf = ({ order, words }: LineContext, tax: Tax): JsonObject =>
  given({
    TaxDetailId: tax.id,
    TaxTypeId: order.pricesIncludeTax ? words.includedTaxType : words.taxType,
    TaxCode: tax.name,
    TaxAmount: amountAsNumber(tax.amount, order.currency),
    TaxRate: tax.rate,
    IsInformational: order.pricesIncludeTax,
  });

/** The id of the one note that holds the instructions of an order. */
export const INSTRUCTIONS = 'instructions';

export const noteOf = (words: OrderVocabulary, id: string, text: string): JsonObject =>
  given({
    NoteId: id,
    NoteText: text,
    NoteType: words.noteType === undefined ? undefined : { NoteTypeId: words.noteType },
    NoteCategory: { NoteCategoryId: words.noteCategory },
    DisplaySequence: 1,
    IsVisible: true,
  });

/** Child collections merge by key (§2.5): an empty one says nothing, so it is left out. */
export const someOf = (entries: readonly JsonObject[]): readonly JsonObject[] | undefined =>
  entries.length === 0 ? undefined : entries;

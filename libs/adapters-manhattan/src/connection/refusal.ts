import { PermanentFault, type FaultContext, type Violation } from '@tandem/domain';
import { isError, type VendorMessage } from './envelope.js';
import { vendorSentence } from './vendor-sentence.js';

const REMEDY = 'Correct what the sentence names, then send it again.';

/** A validation of the OMS, in its own words: the useful text is in the messages, the top of the answer is generic (§2.3). */
export function refusal(
  code: string,
  messages: readonly VendorMessage[],
  details: { readonly cause?: unknown; readonly context: FaultContext },
): PermanentFault {
  const violations = distinct(tellingOf(messages).map(violationOf));
  const [first] = violations;
  const sentence = first ? `The OMS refused it: ${first.sentence}` : 'The OMS refused it without saying why.';
  return new PermanentFault(code, sentence, { ...details, violations });
}

/** Errors, else exceptions, else whatever was said. */
function tellingOf(messages: readonly VendorMessage[]): readonly VendorMessage[] {
  const said = messages.filter(({ text }) => text !== '');
  const errors = said.filter(isError);
  if (errors.length > 0) return errors;
  const exceptions = said.filter(({ type }) => type.endsWith('Exception'));
  return exceptions.length > 0 ? exceptions : said.slice(0, 1);
}

/** The code of a validation is a field or a number (§2.3). */
function violationOf({ code, field, text }: VendorMessage): Violation {
  const isFieldName = /^[A-Z][A-Za-z]*([.[\]\w]*)$/.test(code);
  return {
    field: field ?? (isFieldName ? code : 'order'),
    rule: `oms.refused.${code.replace(/[^A-Za-z0-9]+/g, '_').slice(0, 60) || 'unnamed'}`,
    sentence: vendorSentence(text),
    remedy: REMEDY,
  };
}

const distinct = (violations: readonly Violation[]): readonly Violation[] => [
  ...new Map(violations.map((violation) => [JSON.stringify(violation), violation])).values(),
];

/** What the OMS has against a call, in its own words; nothing where it did it. Anything else that goes wrong is thrown. `codes` are those of faults that are answers. */
export async function refusalOf(
  call: () => Promise<unknown>,
  codes: readonly string[] = ['oms.refused'],
): Promise<readonly Violation[]> {
  try {
    await call();
    return [];
  } catch (thrown) {
    if (thrown instanceof PermanentFault && codes.includes(thrown.code)) return thrown.violations;
    throw thrown;
  }
}

import { accessRefused, declaredOtherwise, locked, notFound, type Refusal } from './inquiry.js';

/** What the broker's no to a piece of ours means, as a sentence for a person. */
export function sentenceOf(piece: string, { code, text }: Refusal): string {
  switch (code) {
    case notFound:
      return `The ${piece} is missing.`;
    case accessRefused:
      return `The broker's user may not make or use the ${piece}.`;
    case locked:
      return `The ${piece} is locked: another connection has it for itself alone.`;
    case declaredOtherwise:
      return `The ${piece} is declared otherwise than we would: ${differenceIn(text)}.`;
    default:
      return `The ${piece} is refused: ${text}.`;
  }
}

/** `inequivalent arg 'x-queue-type' for queue 'q' in vhost '/': received the value 'quorum' of type 'longstr' but current is none` */
const inequivalent =
  /inequivalent arg '([^']+)'.*received (?:the value )?(.+?)(?: of type '\w+')? but current is (.+?)"?$/;

function differenceIn(text: string): string {
  const [, argument, ours, theirs] = inequivalent.exec(text) ?? [];
  if (argument === undefined) return text;
  const current = theirs?.replace(/^the value /, '').replace(/ of type '\w+'$/, '');
  return `its ${argument} is ${current}, and should be ${ours}`;
}

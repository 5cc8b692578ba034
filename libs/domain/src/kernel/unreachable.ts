import { Defect } from './faults.js';

/** Closes a `switch` over a union: adding a member without a case does not compile. */
export function unreachable(value: never): never {
  throw new Defect('A case that cannot be was reached.', { cause: value });
}

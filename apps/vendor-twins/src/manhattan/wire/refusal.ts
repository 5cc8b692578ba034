/** The vendor says no: the whole call is rolled back and answered with this status and message (§2.3). */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    /** Field or message code, as in `messages.Message[].Code`. */
    readonly code: string,
    /** The sentence for people, as in `messages.Message[].Description`. */
    readonly description: string,
    readonly messageKey = `error.${status}`,
    readonly type: 'ERROR' | 'WARNING' = 'ERROR',
  ) {
    super(description);
  }
}

export function invalid(field: string, description: string): Refusal {
  return new Refusal(400, field, description);
}

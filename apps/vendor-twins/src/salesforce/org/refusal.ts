/** The org says no. A row carries it as `errorCode`, a collection as `statusCode` (§2.1, §2.3). */
export class Refusal extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly fields: readonly string[] = [],
    readonly status = 400,
  ) {
    super(message);
  }

  /** The array body of a single-resource error. */
  get body() {
    return [
      { message: this.message, errorCode: this.code, ...(this.fields.length > 0 ? { fields: this.fields } : {}) },
    ];
  }
}

/** §2.2 */
export function notFound() {
  return new Refusal('NOT_FOUND', 'The requested resource does not exist', [], 404);
}

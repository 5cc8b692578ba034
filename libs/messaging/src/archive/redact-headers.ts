const secretName = /^(proxy-)?authorization$|signature|cookie|token|secret|password|encrypted_oauth|api-?key/i;

export const redacted = '[redacted]';

/** Headers as they may be kept: values of secret names replaced, at any depth. */
export function redactHeaders(headers: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, secretName.test(name) ? redacted : redactInside(value)]),
  );
}

function redactInside(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(redactInside);
  if (Buffer.isBuffer(value)) return value.toString('base64');
  return typeof value === 'object' && value !== null ? redactHeaders({ ...value }) : value;
}

/** What an address below `/services/data` names. */
export interface Target {
  version: string;
  /** decoded segments behind the version */
  path: string[];
  search: URLSearchParams;
}

/**
 * Splits before decoding, so that `%2F` in a key is part of the key. Nothing when it is no data address, or its
 * escapes are broken.
 */
export function parseTarget(url: string): Target | undefined {
  const [address = '', ...rest] = url.split('?');
  const match = /^\/services\/data\/(v\d+\.\d+)(?:\/(.*))?$/.exec(address);
  if (!match?.[1]) return undefined;
  try {
    const path = (match[2] ?? '').replace(/\/$/, '').split('/').map(decodeURIComponent);
    return { version: match[1], path, search: new URLSearchParams(rest.join('?')) };
  } catch {
    // A broken escape names no resource.
    return undefined;
  }
}

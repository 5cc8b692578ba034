const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const checksums = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';

/** The three checksum characters: each holds the upper-case bits of five characters (§2.10). */
function checksum(id15: string): string {
  return [0, 5, 10]
    .map((start) => {
      const bits = [...id15.slice(start, start + 5)].reduce((sum, c, i) => sum + (/[A-Z]/.test(c) ? 1 << i : 0), 0);
      return checksums.charAt(bits);
    })
    .join('');
}

/** The nth id of an object, 18 characters. */
export function mintId(keyPrefix: string, serial: number): string {
  let rest = '';
  for (let n = serial; n > 0; n = Math.floor(n / 62)) rest = alphabet.charAt(n % 62) + rest;
  const id15 = `${keyPrefix}Tw0${rest.padStart(9, '0')}`;
  return id15 + checksum(id15);
}

/** The 18-character form of a 15- or 18-character id; nothing if it is no id or its checksum is wrong. */
export function canonicalId(id: string): string | undefined {
  if (!/^(?:[0-9A-Za-z]{15}|[0-9A-Za-z]{18})$/.test(id)) return undefined;
  const full = id.slice(0, 15) + checksum(id.slice(0, 15));
  return id.length === 15 || id === full ? full : undefined;
}

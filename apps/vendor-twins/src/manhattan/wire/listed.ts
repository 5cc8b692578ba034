/** The entries of a setting that is a list with commas. */
export function listed(setting: string): string[] {
  return setting
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
}

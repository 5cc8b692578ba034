export const WEB = ['https:', 'http:'];

/** `us-east` is configured by `TANDEM_…_US_EAST_…`. */
export const variableOf = (area: string, name: string): string =>
  `TANDEM_${area}_${name.toUpperCase().replaceAll(/[^A-Z0-9]+/g, '_')}`;

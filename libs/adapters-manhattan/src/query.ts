/** A value in a query of the OMS: in single quotes, a quote within doubled (§2.2). */
export const quoted = (value: string): string => `'${value.replaceAll("'", "''")}'`;

import { Countries, type CountryRules } from '@tandem/domain';
import { readYamlFolder } from './yaml-folder.js';

/** The rules of a folder of YAML files, held against `country.schema.json` beside it. Throws as `readYamlFolder` does. */
export function readCountries(folder: string): Countries {
  const keyOf = ({ code }: CountryRules) => code;
  return new Countries([...readYamlFolder(folder, { schema: 'country.schema.json', what: 'Country', keyOf }).values()]);
}

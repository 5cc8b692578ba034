import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PermanentFault, Sites, type SiteId, type SiteProfile } from '@tandem/domain';
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import { parse } from 'yaml';

/** Site profiles from a folder of YAML files, each held against the schema that editors use as well (`site.schema.json`). */
export class SiteFiles extends Sites {
  private readonly profiles: ReadonlyMap<string, SiteProfile>;

  /** Throws a PermanentFault that names file, key and rule where a profile is not right. */
  constructor(folder: string) {
    super();
    const isProfile = new Ajv2020({ allErrors: true }).compile<SiteProfile>(readSchema(folder));
    const files = readdirSync(folder).filter((file) => /\.ya?ml$/.test(file));
    const profiles = files.map((file) => {
      const profile: unknown = parse(readFileSync(join(folder, file), 'utf8'));
      if (!isProfile(profile)) throw notRight(file, isProfile.errors ?? []);
      return profile;
    });
    this.profiles = new Map(profiles.map((profile) => [profile.id, profile]));
    if (profiles.length === 0)
      throw invalid(`The folder of site profiles holds none. Put a file such as aurora-us.yaml there.`);
    if (this.profiles.size < profiles.length)
      throw invalid('Two site profiles carry the same id. Give each site its own.');
  }

  find(id: SiteId): SiteProfile | undefined {
    return this.profiles.get(id);
  }

  all(): readonly SiteProfile[] {
    return [...this.profiles.values()];
  }
}

function readSchema(folder: string): Record<string, unknown> {
  const schema: unknown = JSON.parse(readFileSync(join(folder, '..', 'site.schema.json'), 'utf8'));
  return Object.fromEntries(Object.entries(schema ?? {}));
}

const invalid = (sentence: string) => new PermanentFault('configuration.invalid', sentence);

const notRight = (file: string, errors: readonly ErrorObject[]) =>
  invalid(
    `Site profile ${file} is not right:\n` +
      errors.map((error) => `- ${error.instancePath || '/'} ${error.message ?? 'is wrong'}${detail(error)}`).join('\n'),
  );

const detail = ({ params }: ErrorObject) => {
  const name: unknown = params['additionalProperty'] ?? params['allowedValues'];
  return name === undefined ? '' : ` (${String(name)})`;
};

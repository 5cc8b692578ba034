import { Sites, type SiteId, type SiteProfile } from '@tandem/domain';
import { invalidConfiguration, readYamlFolder } from './yaml-folder.js';

/** Site profiles from a folder of YAML files, held against `site.schema.json` beside it. */
export class SiteFiles extends Sites {
  private readonly profiles: ReadonlyMap<string, SiteProfile>;

  /** Throws a PermanentFault that names file, key and rule where a profile is not right. */
  constructor(folder: string) {
    super();
    const keyOf = ({ id }: SiteProfile) => id;
    this.profiles = readYamlFolder(folder, { schema: 'site.schema.json', what: 'Site profile', keyOf });
    if (this.profiles.size === 0)
      throw invalidConfiguration(`The folder of site profiles holds none. Put a file such as aurora-us.yaml there.`);
  }

  find(id: SiteId): SiteProfile | undefined {
    return this.profiles.get(id);
  }

  all(): readonly SiteProfile[] {
    return [...this.profiles.values()];
  }
}

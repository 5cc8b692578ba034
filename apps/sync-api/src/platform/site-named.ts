import { PermanentFault, type SiteId, type SiteProfile, type Sites } from '@tandem/domain';

/** The site of this name; a fault that names the known ones where there is none. */
export function siteNamed(sites: Sites, id: SiteId): SiteProfile {
  const site = sites.find(id);
  if (site) return site;
  const known = sites.all().map((profile) => profile.id);
  throw new PermanentFault('sites.unknown', `There is no site of this name; there are ${known.join(', ')}.`, {
    violations: [
      {
        field: 'site',
        rule: 'site.known',
        sentence: 'There is no site of this name.',
        remedy: `Use one of ${known.join(', ')}, or add a profile to the folder of sites.`,
      },
    ],
  });
}

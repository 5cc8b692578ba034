import { describe, expect, it } from '@jest/globals';
import { omsOrganization, siteId, Sites, type OmsVocabulary, type SiteProfile } from '@tandem/domain';
import { aSite } from '@tandem/domain/testing';
import { statusMapsOf } from './status-maps.js';

class GivenSites extends Sites {
  constructor(private readonly profiles: readonly SiteProfile[]) {
    super();
  }
  override find = () => undefined;
  override all = () => this.profiles;
}
const site = (id: string, statuses: OmsVocabulary['statuses']) => {
  const { oms } = aSite();
  return aSite({ id: siteId(id), oms: { ...oms, ...(statuses && { statuses }) } });
};
const maps = (...profiles: readonly SiteProfile[]) => statusMapsOf(new GivenSites(profiles));

describe("What an organization's own statuses stand for", () => {
  it('is what its sites say together', () => {
    const told = maps(
      site('us', { '2500': 'picked' }),
      site('jp', { '2600': 'packed', '2500': 'picked' }),
      site('de', undefined),
    );
    expect(told.get(omsOrganization('AURORA'))?.statuses).toEqual({ '2500': 'picked', '2600': 'packed' });
  });

  it('stops the start where two sites say otherwise, naming the status', () => {
    expect(() => maps(site('us', { '2500': 'picked' }), site('jp', { '2500': 'packed' }))).toThrow(
      'Two site profiles of OMS organization AURORA read status 2500 differently',
    );
  });
});

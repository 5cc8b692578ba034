import type { OmsOrganization, OmsVocabulary, Sites } from '@tandem/domain';
import { invalidConfiguration } from './yaml-folder.js';

type StatusMaps = Pick<OmsVocabulary, 'statuses' | 'returnStatuses' | 'reasons'>;

/**
 * What the statuses of each organization of the OMS stand for: a publish names its organization, and no site. Sites of one organization
 * may each say a part; a PermanentFault names the status that two of them read differently.
 */
export function statusMapsOf(sites: Sites): ReadonlyMap<OmsOrganization, StatusMaps> {
  const byOrganization = Map.groupBy(sites.all(), ({ oms }) => oms.organization);
  return new Map(
    [...byOrganization].map(([organization, own]) => [
      organization,
      {
        statuses: joined(
          organization,
          'statuses',
          own.map(({ oms }) => oms.statuses ?? {}),
        ),
        returnStatuses: joined(
          organization,
          'returnStatuses',
          own.map(({ oms }) => oms.returnStatuses ?? {}),
        ),
        reasons: own.flatMap(({ oms }) => oms.reasons ?? []),
      },
    ]),
  );
}

function joined<Stage>(
  organization: OmsOrganization,
  setting: keyof StatusMaps,
  maps: readonly Readonly<Record<string, Stage>>[],
): Readonly<Record<string, Stage>> {
  const all: Record<string, Stage> = {};
  for (const [id, stage] of maps.flatMap((map) => Object.entries(map))) {
    const known = all[id] ?? stage;
    if (known !== stage) {
      throw invalidConfiguration(
        `Two site profiles of OMS organization ${organization} read status ${id} differently in oms.${setting}. Let both say the same.`,
      );
    }
    all[id] = stage;
  }
  return all;
}

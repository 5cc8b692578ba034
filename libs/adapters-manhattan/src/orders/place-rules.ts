import type { OrderTerms, SiteProfile, Violation } from '@tandem/domain';

/** What the OMS would choke on, at once or much later: better refused before anything is sent (§2.5, §2.7, §10.20). */
export function placeViolations(site: SiteProfile, order: OrderTerms): readonly Violation[] {
  return [
    ...lineLimit(site, order.lines.length),
    ...idViolations('number', order.number),
    ...order.lines.flatMap((line, index) => idViolations(`lines[${index}].id`, line.id)),
    ...order.tenders.flatMap((tender, index) => tenderViolations(site, `tenders[${index}].type`, tender.type)),
  ];
}

export function lineLimit(site: SiteProfile, count: number): readonly Violation[] {
  if (count <= site.maxLines) return [];
  return [
    {
      field: 'lines',
      rule: 'lines.too_many',
      sentence: `The order has ${count} lines; the OMS takes ${site.maxLines}.`,
      remedy: 'Split the order.',
    },
  ];
}

/** An empty order number would be replaced by one of the OMS's own (§2.5), so that a repeat would place a second order. */
export function idViolations(field: string, id: string): readonly Violation[] {
  if (id === '') {
    return [{ field, rule: 'id.empty', sentence: `${field} is empty.`, remedy: 'Give it a value of its own.' }];
  }
  if (!/[#+?/]/.test(id)) return [];
  return [
    {
      field,
      rule: 'id.reserved_character',
      sentence: `${field} holds one of the characters # + ? / that the OMS cannot find again later.`,
      remedy: 'Use letters, digits, hyphens and underscores.',
    },
  ];
}

function tenderViolations(site: SiteProfile, field: string, type: string): readonly Violation[] {
  if (Object.hasOwn(site.oms.tenderTypes, type)) return [];
  return [
    {
      field,
      rule: 'tender.unmapped_type',
      sentence: `Site ${site.id} has no meaning for the type of ${field}.`,
      remedy: 'Add the type to oms.tenderTypes of the site profile, or correct it on the order.',
    },
  ];
}

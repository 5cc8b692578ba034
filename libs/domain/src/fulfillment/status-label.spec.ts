import { describe, expect, it } from '@jest/globals';
import { anOrderOf, at } from '../../testing/index.js';
import { omsOrderId } from '../kernel/ids.js';
import { orderPlaced } from '../orders/order-progress.js';
import { inWordsOf } from '../orders/project-order.js';
import { changesBetween, recordName } from '../orders/projection.js';
import { trackAccepted } from '../orders/tracked-order.js';
import { STAGES } from './stage.js';
import { statusLabel } from './status-label.js';

describe('What a status is called', () => {
  it('comes from its site, and is English where the site says nothing', () => {
    const site = { shipped: 'Versendet' };
    expect(statusLabel('shipped', site)).toBe('Versendet');
    expect(statusLabel('partially-shipped', site)).toBe('Partly shipped');
    expect(statusLabel('pending-return')).toBe('Coming back');
  });

  it('has English words for every status that there is', () => {
    const all = STAGES.flatMap((stage) => [stage, `partially-${stage}`]);
    expect(['submitted', ...all].filter((status) => statusLabel(status) === status)).toEqual([]);
  });

  it('changes in what the CRM is shown without touching anything else', () => {
    const tracked = orderPlaced(trackAccepted(anOrderOf(1)), omsOrderId('A-1001'), at(0));
    const spoken = inWordsOf({ statusLabels: { submitted: 'Übergeben' } }, tracked);
    const name = recordName({ kind: 'order', id: tracked.order.terms.crmOrderId });
    expect(spoken.wanted[name]?.fields).toMatchObject({ status: 'submitted', statusLabel: 'Übergeben' });
    const shown = Object.fromEntries(Object.entries(tracked.wanted).map(([key, { fields }]) => [key, { ...fields }]));
    expect(changesBetween(shown, spoken.wanted).map(({ fields }) => fields)).toEqual([{ statusLabel: 'Übergeben' }]);
  });
});

import { isObject, type Json, type JsonObject } from '../wire/json.js';
import { STATUS } from './status-ladder.js';

/** What a modification may do and causes, per order type (§3.7, entity `ModTypeConfig`). */
export interface ModTypeRule {
  /** Highest status from which on it is refused; null at no time. */
  RestrictFromStatus: number | null;
  RestrictPostConfirmation: boolean;
  PublishOrder: boolean;
  PublishOrderLine: boolean;
}

const FREE: ModTypeRule = {
  RestrictFromStatus: null,
  RestrictPostConfirmation: false,
  PublishOrder: true,
  PublishOrderLine: false,
};

/** The contact-centre defaults (§3.7, §12). What is not here is free at any time. */
const RESTRICT_FROM: Record<string, number> = {
  'Order::Cancel': STATUS.released,
  'Order::Note::Instruction': STATUS.released,
  'OrderLine::Add': STATUS.fulfilled,
  'OrderLine::Cancel': STATUS.released,
  'OrderLine::Quantity::Increase': STATUS.released,
  'OrderLine::Quantity::Decrease': STATUS.released,
  'OrderLine::ItemId::Update': STATUS.released,
  'OrderLine::DeliveryMethod': STATUS.released,
  'OrderLine::PromisingInfo::Location': STATUS.released,
  'OrderLine::ShippingInfo': STATUS.released,
  'OrderLine::AddressId': STATUS.packed,
  'ReturnOrderLine::Cancel': STATUS.received,
  'ReturnOrderLine::Quantity::Increase': STATUS.received,
  'ReturnOrderLine::Quantity::Decrease': STATUS.received,
};

/** The mod types that the sheet names and a caller may cause, for `permittedModTypes`. */
const BY_CALLERS = {
  Order: ['Confirmed', 'Cancel', 'Hold::Apply', 'Hold::Resolve', 'CustomerInfo', 'CustomerId', 'Note::Instruction'],
  OrderLine: [
    ...['Add', 'Cancel', 'Quantity::Increase', 'Quantity::Decrease', 'AddressId', 'ShippingInfo', 'DeliveryMethod'],
    ...[
      'DeliveryDate',
      'EffectiveRank',
      'ItemId::Update',
      'PromisingInfo::Location',
      'PickupExpiryDate',
      'Hold::Apply',
    ],
    'Hold::Resolve',
  ],
  ReturnOrderLine: [
    'Cancel',
    'Quantity::Increase',
    'Quantity::Decrease',
    'ShippingInfo',
    'Hold::Apply',
    'Hold::Resolve',
  ],
};

export function modTypesOf(level: keyof typeof BY_CALLERS): string[] {
  return BY_CALLERS[level].map((name) => `${level}::${name}`);
}

type Overrides = Record<string, Record<string, Partial<ModTypeRule>>>;

/** The rules of a tenant: the defaults, and by order type (`*` for all) what it has decided otherwise. */
export class ModTypeRules {
  private overrides: Overrides = {};

  /** The rule of a mod type; `…::*` in an override stands for a family. */
  rule(orderType: string, modType: string): ModTypeRule {
    const family = modType.replace(/[^:]*$/, '*');
    const base = { ...FREE, RestrictFromStatus: RESTRICT_FROM[modType] ?? null };
    const layers = ['*', orderType].flatMap((type) => [
      this.overrides[type]?.[family] ?? {},
      this.overrides[type]?.[modType] ?? {},
    ]);
    return layers.reduce<ModTypeRule>((rule, layer) => ({ ...rule, ...layer }), base);
  }

  /** Merges `{"<order type>":{"<mod type>":{"RestrictFromStatus":3700}}}`; false when it cannot be read, then nothing. */
  merge(wanted: Json): boolean {
    if (!isObject(wanted)) return false;
    const merged: Overrides = structuredClone(this.overrides);
    for (const [orderType, rules] of Object.entries(wanted)) {
      if (!isObject(rules)) return false;
      for (const [modType, sent] of Object.entries(rules)) {
        const rule = isObject(sent) ? readRule(sent) : undefined;
        if (!rule) return false;
        const own = merged[orderType] ?? {};
        own[modType] = { ...own[modType], ...rule };
        merged[orderType] = own;
      }
    }
    this.overrides = merged;
    return true;
  }

  /** Every rule that is not free, for all order types, and what is decided otherwise. */
  report(): JsonObject {
    const overrides: JsonObject = {};
    for (const [type, rules] of Object.entries(this.overrides))
      overrides[type] = Object.fromEntries(Object.entries(rules).map(([name, rule]) => [name, { ...rule }]));
    const defaults: JsonObject = {};
    for (const [name, limit] of Object.entries(RESTRICT_FROM)) defaults[name] = { ...FREE, RestrictFromStatus: limit };
    return { defaults, overrides };
  }

  reset(): void {
    this.overrides = {};
  }
}

function readRule(sent: JsonObject): Partial<ModTypeRule> | undefined {
  const rule: Partial<ModTypeRule> = {};
  for (const [name, value] of Object.entries(sent)) {
    if (name === 'RestrictFromStatus' && (value === null || typeof value === 'number')) rule[name] = value;
    else if (typeof value !== 'boolean') return undefined;
    else if (name === 'RestrictPostConfirmation' || name === 'PublishOrder' || name === 'PublishOrderLine')
      rule[name] = value;
    else return undefined;
  }
  return rule;
}

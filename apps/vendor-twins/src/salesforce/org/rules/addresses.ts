import { Refusal } from '../refusal.js';
import type { Scalar, SObject } from '../schema.js';
import type { Draft } from './rule.js';

/** Countries that ship with states; elsewhere an administrator adds them, and no state code is known (§4.6). */
const states: Readonly<Record<string, string>> = {
  US: 'AL:Alabama AK:Alaska AZ:Arizona AR:Arkansas CA:California CO:Colorado CT:Connecticut DE:Delaware DC:District_of_Columbia FL:Florida GA:Georgia HI:Hawaii ID:Idaho IL:Illinois IN:Indiana IA:Iowa KS:Kansas KY:Kentucky LA:Louisiana ME:Maine MD:Maryland MA:Massachusetts MI:Michigan MN:Minnesota MS:Mississippi MO:Missouri MT:Montana NE:Nebraska NV:Nevada NH:New_Hampshire NJ:New_Jersey NM:New_Mexico NY:New_York NC:North_Carolina ND:North_Dakota OH:Ohio OK:Oklahoma OR:Oregon PA:Pennsylvania RI:Rhode_Island SC:South_Carolina SD:South_Dakota TN:Tennessee TX:Texas UT:Utah VT:Vermont VA:Virginia WA:Washington WV:West_Virginia WI:Wisconsin WY:Wyoming',
  CA: 'AB:Alberta BC:British_Columbia MB:Manitoba NB:New_Brunswick NL:Newfoundland_and_Labrador NT:Northwest_Territories NS:Nova_Scotia NU:Nunavut ON:Ontario PE:Prince_Edward_Island QC:Quebec SK:Saskatchewan YT:Yukon_Territories',
};
const regions = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });

/**
 * With state and country picklists on, the code and the integration value move together, and either must be known;
 * without, this does nothing because the code fields do not exist (§4.6).
 */
export function settleAddresses(object: SObject, draft: Draft, given: readonly string[]) {
  for (const field of object.fields.values()) {
    const prefix = /^(.+)CountryCode$/.exec(field.name)?.[1];
    if (prefix === undefined) continue;
    settle(draft, given, `${prefix}Country`, countryName, countryCode);
    const country = draft[`${prefix}CountryCode`] ?? null;
    settle(
      draft,
      given,
      `${prefix}State`,
      (code) => stateName(country, code),
      (name) => stateCode(country, name),
    );
  }
}

type Look = (value: string) => string | undefined;

function settle(draft: Draft, given: readonly string[], part: string, nameOf: Look, codeOf: Look) {
  const code = draft[`${part}Code`] ?? null;
  const name = draft[part] ?? null;
  if (given.includes(`${part}Code`)) draft[part] = translated(part, code, nameOf);
  else if (given.includes(part)) draft[`${part}Code`] = translated(part, name, codeOf);
}

function translated(part: string, value: Scalar, look: Look): string | null {
  if (value === null) return null;
  const found = look(String(value));
  if (found !== undefined) return found;
  const kind = part.endsWith('Country') ? 'country' : 'state';
  throw new Refusal(
    'FIELD_INTEGRITY_EXCEPTION',
    `There's a problem with this ${kind}, even though it may appear correct. Please select a ${kind}/${kind === 'country' ? 'territory' : 'province'} from the list of valid ones.`,
    [part],
  );
}

/** Codes that ISO withdrew name their successor: `DD` would be Germany too, before `DE`. */
const isInUse = (code: string) => Intl.getCanonicalLocales(`und-${code}`)[0] === `und-${code}`;

const countryName: Look = (code) => (/^[A-Z]{2}$/.test(code) && isInUse(code) ? regions.of(code) : undefined);

const countryCode: Look = (name) => {
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  for (const a of letters) for (const b of letters) if (countryName(a + b) === name) return a + b;
  return undefined;
};

function stateList(country: Scalar): [string, string][] {
  return (states[String(country)] ?? '')
    .split(' ')
    .filter((entry) => entry !== '')
    .map((entry) => [entry.slice(0, 2), entry.slice(3).replaceAll('_', ' ')]);
}

function stateName(country: Scalar, code: string): string | undefined {
  return stateList(country).find(([known]) => known === code)?.[1];
}

function stateCode(country: Scalar, name: string): string | undefined {
  return stateList(country).find(([, known]) => known === name)?.[0];
}

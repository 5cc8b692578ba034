import type { GoldenSite } from './sites.js';

/** An invented person with an invented address. */
export interface Shopper {
  readonly firstName: string;
  readonly lastName: string;
  readonly street: string;
  readonly city: string;
  /** Two letters; none where the country writes addresses without it. */
  readonly state?: string;
  readonly postalCode: string;
  readonly phone: string;
}

const american: readonly Shopper[] = [
  person('Odessa', 'Farrowmere', '12 Quillback Lane', 'Maplecross', '04988', '+12025550107', 'ME'),
  person('Tobin', 'Ashgrove', '480 Old Tannery Rd\nApt 3B', 'Pinehollow', '97045', '+12025550118', 'OR'),
  person('Maribel', 'Quenzaro', '7 Larkspur Court', 'Bellwick', '27513', '+12025550129', 'NC'),
  person('Declan', "O'Thistle", '33 Ferry Landing', 'Stonebridge', '12866', '+12025550134', 'NY'),
];

const european: readonly Shopper[] = [
  person('Jörn', 'Tannwälder', 'Möwenweg 4', 'Kühlsund', '25938', '+4915550100107'),
  person('Annelie', 'Grünspecht', 'Am Alten Speicher 19\nHinterhaus', 'Neustrand', '18119', '+4915550100118'),
  person('Zoë', 'van Lindenhout', 'Fichtenstraße 88', 'Oberwaldau', '01477', '+4915550100129'),
  person('Matthias', 'Feldkamp-Rühl', 'Hafenzeile 2', 'Elbwerder', '21723', '+4915550100134'),
];

/** No state: it is part of what the customer writes as the city. */
const japanese: readonly Shopper[] = [
  person('花子', '見本川', '丸野内七丁目2番3号', '東京都架空区', '100-0000', '+81312340107'),
  person('太郎', '仮名山', '北浜町1-2-3\n見本ハイツ 405', '大阪市仮区', '530-0000', '+81612340118'),
];

function person(
  firstName: string,
  lastName: string,
  street: string,
  city: string,
  postalCode: string,
  phone: string,
  state?: string,
): Shopper {
  return { firstName, lastName, street, city, postalCode, phone, ...(state === undefined ? {} : { state }) };
}

/** The same turn always gives the same person. */
export function shopperOf(site: GoldenSite, turn: number): Shopper {
  const people = { US: american, DE: european, JP: japanese }[site.country];
  const shopper = people[turn % people.length];
  if (shopper === undefined) throw new Error(`No shopper for turn ${turn}.`);
  return shopper;
}

export const fullName = ({ firstName, lastName }: Shopper): string => `${firstName} ${lastName}`;

/** An address at a domain that is reserved for examples. */
export const emailOf = ({ lastName }: Shopper, suffix: string): string =>
  `${lastName.toLowerCase().replace(/[^a-z]/g, '') || 'okyaku'}.${suffix.toLowerCase()}@shop.example`;

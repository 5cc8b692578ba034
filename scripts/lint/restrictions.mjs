/** What the code of a folder may not say, as selectors of ESLint's `no-restricted-syntax`. */
const named = (pattern, message) =>
  ['Identifier[name=PATTERN]', 'Literal[value=PATTERN]', 'TemplateElement[value.raw=PATTERN]'].map((selector) => ({
    selector: selector.replace('PATTERN', pattern),
    message,
  }));

export const everywhere = [
  { selector: 'TSEnumDeclaration', message: 'A union of literals instead of an enum.' },
  {
    selector: 'ImportSpecifier[imported.name=/^(EventBus|Saga|EventsHandler)$/]',
    message: 'A handler of this bus that throws is only logged: publish by the outbox.',
  },
];

const crmAndOms = 'The domain says Crm and Oms, and knows no technology.';
export const noTechnologyWords = [
  ...named('/salesforce|manhattan|rabbit|typeorm|nestjs/i', crmAndOms),
  ...named('/Nest(?![a-z])|\\bnest\\b/', crmAndOms),
];

export const noVendorWords = named(
  '/salesforce|manhattan/i',
  'Only the composition root names the vendors: Crm and Oms.',
);

/** Time, identity and environment come in as arguments, or from the platform. */
export const noAmbience = [
  {
    selector: 'CallExpression[callee.object.name="Date"][callee.property.name="now"]',
    message: 'The time comes from a Clock.',
  },
  { selector: 'NewExpression[callee.name="Date"][arguments.length=0]', message: 'The time comes from a Clock.' },
  { selector: 'CallExpression[callee.name="Date"]', message: 'The time comes from a Clock.' },
  {
    selector: 'MemberExpression[object.name="process"][property.name="env"]',
    message: 'The environment is read once, in platform/.',
  },
];

export const noChance = [
  {
    selector: 'MemberExpression[object.name="Math"][property.name="random"]',
    message: 'Chance comes in as an argument.',
  },
  { selector: 'CallExpression[callee.property.name=/^random(UUID|Bytes|Int)$/]', message: 'Ids come in as arguments.' },
  { selector: 'CallExpression[callee.name=/^random(UUID|Bytes|Int)$/]', message: 'Ids come in as arguments.' },
];

export const noCasts = [
  {
    selector: 'TSAsExpression:not([typeAnnotation.typeName.name="const"])',
    message: 'A cast hides a mistake: narrow by a check, or parse.',
  },
  { selector: 'TSTypeAssertion', message: 'A cast hides a mistake: narrow by a check, or parse.' },
];

export const inTests = [
  {
    selector: 'CallExpression[callee.name=/^(it|test)$/] > Literal:first-child[value=/\\bshould\\b/i]',
    message: 'A title is a claim in the present tense.',
  },
  { selector: 'CallExpression[callee.name=/^(setTimeout|sleep)$/]', message: 'Wait by a described probe.' },
  { selector: 'ImportDeclaration[source.value="node:timers/promises"]', message: 'Wait by a described probe.' },
];

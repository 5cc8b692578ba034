import { PermanentFault, type Violation } from '@tandem/domain';
import { plainToInstance, type ClassConstructor } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';

/** The body of a call to our API as an instance of its class. What is malformed, missing or not known is a fault that names the field. */
export function readJsonBody<Body extends object>(body: Uint8Array, type: ClassConstructor<Body>): Body {
  const parsed = parse(body);
  const instance = plainToInstance(type, parsed);
  const errors = validateSync(instance, { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: false });
  if (errors.length > 0)
    throw badRequest(
      'The body of the call is not right.',
      errors.flatMap((error) => violationsOf(error)),
    );
  return instance;
}

function parse(body: Uint8Array): object {
  const text = new TextDecoder().decode(body).trim();
  if (text === '') return {};
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) return parsed;
  } catch (cause) {
    throw notAnObject('is not well-formed JSON', cause);
  }
  throw notAnObject('is JSON, but no object');
}

const notAnObject = (what: string, cause?: unknown) =>
  badRequest(
    `The body of the call ${what}.`,
    [
      {
        field: 'body',
        rule: 'json.object',
        sentence: `The body ${what}.`,
        remedy: 'Send a JSON object in UTF-8, or an empty body.',
      },
    ],
    cause,
  );

const badRequest = (sentence: string, violations: readonly Violation[], cause?: unknown) =>
  new PermanentFault('api.bad_request', sentence, { violations, cause });

function violationsOf(error: ValidationError, path = ''): Violation[] {
  const field = `${path}${error.property}`;
  const own = Object.entries(error.constraints ?? {}).map(([rule, text]) => ({
    field,
    rule: rule === 'whitelistValidation' ? 'field.unknown' : `field.${rule}`,
    sentence: rule === 'whitelistValidation' ? `${field} is not known here.` : `${text}.`,
    remedy:
      rule === 'whitelistValidation'
        ? `Leave ${field} out; /docs lists the fields.`
        : `Correct ${field}; /docs lists the fields.`,
  }));
  return [...own, ...(error.children ?? []).flatMap((child) => violationsOf(child, `${field}.`))];
}

import { readFileSync } from 'node:fs';
import { PermanentFault } from '@tandem/domain';

/** Reads settings from environment variables and remembers all that is wrong, so that a person can mend it in one go. Never quotes a value. */
export class Environment {
  private readonly complaints: string[] = [];

  constructor(private readonly variables: Readonly<Record<string, string | undefined>>) {}

  optional(name: string): string | undefined {
    const value = this.variables[name];
    return value === undefined || value === '' ? undefined : value;
  }

  text(name: string, fallback?: string): string {
    const value = this.optional(name) ?? fallback;
    if (value === undefined) this.complaints.push(`${name} is missing. Set it (see .env.example).`);
    return value ?? '';
  }

  url(name: string, protocols: readonly string[], fallback?: string): string {
    const value = this.text(name, fallback);
    if (value === '' || (URL.canParse(value) && protocols.includes(new URL(value).protocol))) return value;
    this.complaints.push(
      `${name} is no URL that begins with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}.`,
    );
    return value;
  }

  /** A whole number within bounds, both included. */
  whole(name: string, { fallback, least, most }: { fallback: number; least: number; most: number }): number {
    const text = this.optional(name);
    const value = text === undefined ? fallback : Number(text);
    if (!Number.isInteger(value) || value < least || value > most) {
      this.complaints.push(`${name} is no whole number from ${least} to ${most}.`);
    }
    return value;
  }

  choice<Choice extends string>(name: string, choices: readonly Choice[], fallback: Choice): Choice {
    const value = this.optional(name) ?? fallback;
    const found = choices.find((choice) => choice === value);
    if (found === undefined) this.complaints.push(`${name} is none of ${choices.join(', ')}.`);
    return found ?? fallback;
  }

  /** The secret itself, or what stands in the file that `<name>_FILE` names. */
  optionalSecret(name: string): string | undefined {
    const file = this.optional(`${name}_FILE`);
    if (file === undefined) return this.optional(name);
    try {
      return readFileSync(file, 'utf8').trim();
    } catch {
      this.complaints.push(`${name}_FILE names a file that cannot be read.`);
      return '';
    }
  }

  secret(name: string): string {
    const value = this.optionalSecret(name);
    if (value === undefined) this.complaints.push(`${name} is missing. Set it, or ${name}_FILE (see .env.example).`);
    return value ?? '';
  }

  /** Notes what is wrong between several variables. */
  complain(sentence: string): void {
    this.complaints.push(sentence);
  }

  /** Throws when anything was missing or wrong, naming every variable. */
  assertComplete(): void {
    if (this.complaints.length === 0) return;
    throw new PermanentFault(
      'configuration.invalid',
      `The environment is not complete:\n- ${this.complaints.join('\n- ')}`,
    );
  }
}

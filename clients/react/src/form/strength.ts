import type { PasswordLengths } from '../state/pending.js';

/** How good a password is, or the first thing that is wrong with it. */
export type Strength =
  | 'tooShort'
  | 'tooLong'
  | 'hasName'
  | 'hasEmail'
  | 'repetitive'
  | 'fair'
  | 'good';

/** What is known of whoever chooses it. */
export interface Person {
  name?: string | undefined;
  email?: string | undefined;
}

/** Fewer different characters are `aaaaaaaa` or `abababab`. */
const LEAST_DIFFERENT = 5;
/** NIST SP 800-63B-4 asks for 15 where nothing but a password is asked for. */
const GOOD_LENGTH = 15;
/** A shorter part of a name, such as `Li`, is in many passwords by chance. */
const LEAST_OF_A_NAME = 4;

/**
 * How good a password is, as far as it can be seen from here: the policy's lengths, as the server
 * counts them, what a guesser tries who knows the person, and its variety. Whether many people have
 * it, or a leak has it, only the server knows. Null without one.
 */
export function strengthOf(
  typed: string,
  lengths: PasswordLengths | undefined,
  person: Person,
): Strength | null {
  if (!typed) return null;
  const characters = [...typed.normalize('NFC')];
  if (lengths && characters.length < lengths.least) return 'tooShort';
  if (lengths && characters.length > lengths.most) return 'tooLong';
  const password = characters.join('');
  if (isMostly(password, person.name)) return 'hasName';
  if (isMostly(password, person.email)) return 'hasEmail';
  if (new Set(characters).size < LEAST_DIFFERENT) return 'repetitive';
  return characters.length < GOOD_LENGTH ? 'fair' : 'good';
}

/** Whether little of a password is left without a word of a name or an address. */
function isMostly(password: string, known = ''): boolean {
  const words = known.toLowerCase().normalize('NFC').split(/[\s@.+_-]+/u);
  const folded = password.toLowerCase();
  return words.some(
    (word) =>
      word.length >= LEAST_OF_A_NAME &&
      folded.includes(word) &&
      folded.length - word.length < 2 * LEAST_OF_A_NAME,
  );
}

import { isUnfinished, profileFieldName } from '../../../form/fields.js';
import type { ProfileValueInput } from '../../../generated/graphql.js';
import type { ProfileField } from '../../../server/answers.js';

/** The server refuses it as a date, and says so together with all else that is wrong. */
const UNFINISHED = '?';

/**
 * The values that the person has changed. An empty one removes what the server has.
 *
 * The others are not sent: somebody may have changed them in another tab, and a value from before a
 * change of the policy may be one that the server would not take again.
 */
export function changedValues(
  fields: ProfileField[],
  given: ReadonlyMap<string, string>,
  element: HTMLFormElement | null,
  typed: (field: string) => string,
): ProfileValueInput[] {
  return fields
    .map((field) => {
      const name = profileFieldName(field.key);
      const value = isUnfinished(element, name) ? UNFINISHED : typed(name);
      return { key: field.key, value: asSent(value, field, given.get(field.key)) };
    })
    .filter(({ key, value }) => value !== (given.get(key) ?? ''));
}

function asSent(typed: string, { type, required }: ProfileField, given: string | undefined) {
  if (type !== 'BOOLEAN') return typed.replaceAll('\r\n', '\n').trim();
  if (typed) return 'true';
  // No tick is an answer where one is due, or where a tick was taken away.
  return required || given ? 'false' : '';
}

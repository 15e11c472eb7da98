import type { Words } from '../../../languages/words.js';
import type { Policy, Viewer } from '../../../server/answers.js';

/** A sentence that names the required fields without a value; empty if there are none. */
export function missingFields(viewer: Viewer, policy: Policy, words: Words): string {
  const missing = policy.profileFields.filter(({ key }) => {
    return viewer.missingProfileFields.includes(key);
  });
  if (missing.length === 0) return '';
  return words.texts.stillMissing(words.list(missing.map(({ label }) => label)));
}

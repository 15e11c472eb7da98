import { texts } from '../../../languages';
import { inWords } from '../../../languages/lists';
import type { Policy, Viewer } from '../../../server/answers';

/** A sentence that names the required fields without a value; empty if there are none. */
export function missingFields(viewer: Viewer, policy: Policy): string {
  const missing = policy.profileFields.filter(({ key }) => {
    return viewer.missingProfileFields.includes(key);
  });
  return missing.length > 0 ? texts.stillMissing(inWords(missing.map(({ label }) => label))) : '';
}

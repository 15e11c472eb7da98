import { texts } from './languages';

/** A role as people read it. The API has roles in lower case, and operators may name their own. */
export function roleName(role: string): string {
  return texts.roles[role] ?? role.charAt(0).toUpperCase() + role.slice(1);
}

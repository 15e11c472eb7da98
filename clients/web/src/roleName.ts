/** A role as people read it: the API has them in lower case. */
export function roleName(role: string): string {
  return role.charAt(0).toUpperCase() + role.slice(1);
}

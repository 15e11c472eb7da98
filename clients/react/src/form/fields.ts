/** What a person types into or chooses from. */
export type FieldElement = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

/** The name of a field of the profile, which no other field of a form has. */
export function profileFieldName(key: string): string {
  return `profile.${key}`;
}

/** The fields of a form, in their order. */
export function fieldsOf(form: HTMLFormElement | null): FieldElement[] {
  return [...(form?.elements ?? [])].filter(isField);
}

function isField(element: Element): element is FieldElement {
  return (
    element instanceof HTMLInputElement ||
    element instanceof HTMLSelectElement ||
    element instanceof HTMLTextAreaElement
  );
}

/** Whether only a part of a date is typed. Its value is empty until the date is whole. */
export function isUnfinished(form: HTMLFormElement | null, name: string): boolean {
  return fieldsOf(form).some((field) => field.name === name && field.validity.badInput);
}

/** What components are drawn of. Each has the class `connectx-<part>`, and those of the app. */
export type Part =
  | 'below'
  | 'button'
  | 'code'
  | 'danger'
  | 'details'
  | 'device'
  | 'devices'
  | 'elsewhere'
  | 'field'
  | 'form'
  | 'heading'
  | 'hint'
  | 'inbox'
  | 'input'
  | 'label'
  | 'lines'
  | 'link'
  | 'news'
  | 'notice'
  | 'option'
  | 'part'
  | 'problem'
  | 'resend'
  | 'reveal'
  | 'root'
  | 'second'
  | 'spinner'
  | 'strength'
  | 'take'
  | 'title'
  | 'typed'
  | 'unseen';

export type ClassNames = Readonly<Partial<Record<Part, string>>>;

/** The classes of an element that is these parts at once. */
export function classesOf(own: ClassNames, parts: (Part | false | undefined)[]): string {
  return parts
    .filter((part) => part !== false && part !== undefined)
    .flatMap((part) => [`connectx-${part}`, own[part] ?? []])
    .flat()
    .join(' ');
}

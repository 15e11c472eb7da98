import type { Question } from '../languages/texts';

/** A question, and the link that answers it. */
export function Elsewhere({ asked, href }: { asked: Question; href: string }) {
  return (
    <p className="elsewhere">
      {asked.question} <a href={href}>{asked.link}</a>
    </p>
  );
}

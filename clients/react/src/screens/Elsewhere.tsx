import type { Question } from '../languages/texts.js';
import { useClasses, useConnectx } from '../provider/context.js';
import { WayLink } from '../provider/WayLink.js';
import type { Way } from '../provider/ways.js';

/** A question, and the link that answers it; nothing where the app has no such way. */
export function Elsewhere({ asked, to, onFollow }: {
  asked: Question;
  to: Way;
  onFollow?: () => void;
}) {
  const { paths } = useConnectx();
  const classes = useClasses();
  if (paths[to] === null) return null;
  return (
    <p className={classes('elsewhere')}>
      {asked.question} <WayLink to={to} onFollow={onFollow}>{asked.link}</WayLink>
    </p>
  );
}

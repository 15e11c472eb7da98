import { useSecondsUntil } from '../form/countdown.js';
import { useClasses, useWords } from '../provider/context.js';
import type { SentMail } from '../state/pending.js';
import { inboxOf } from './inboxes.js';

/** What was mailed where, and what to do with it. */
export function Instruction({ email, byCode, byLink }: {
  email: string;
  byCode: boolean;
  byLink: boolean;
}) {
  const { texts } = useWords();
  const both = byCode ? texts.codeOrLinkMailed : texts.linkMailed;
  const [before, after] = byLink ? both : texts.codeMailed;
  return <p>{before}<strong>{email}</strong>{after}</p>;
}

/** The way to the mails of a well-known provider; nothing for another one. */
export function InboxLink({ email }: { email: string }) {
  const { texts } = useWords();
  const classes = useClasses();
  const inbox = inboxOf(email);
  if (!inbox) return null;
  return (
    <p>
      {/* The provider does not learn where the person comes from. */}
      <a
        className={classes('link', 'inbox')}
        href={inbox.url}
        target="_blank"
        rel="noopener noreferrer"
      >
        {texts.openInbox(inbox.provider)}
      </a>
    </p>
  );
}

/** How long the mail's code and link work, where this tab knows it. */
export function Lifetimes({ mail: { otpSeconds, linkSeconds, sentAt } }: { mail: SentMail }) {
  if (sentAt === null) return null;
  return (
    <p>
      {otpSeconds && <CodeLasts seconds={otpSeconds} sentAt={sentAt} />}
      {linkSeconds && <LinkLasts seconds={linkSeconds} sentAt={sentAt} />}
    </p>
  );
}

/** How long a link works; nothing once its time is over. */
function LinkLasts({ seconds, sentAt }: { seconds: number; sentAt: number }) {
  const words = useWords();
  const left = useSecondsUntil(sentAt + seconds * 1000);
  return left > 0 && ` ${words.texts.linkLasts(words.duration(seconds))}`;
}

/** How long a code works, or that its time is over. */
export function CodeLasts({ seconds, sentAt }: { seconds: number; sentAt: number }) {
  const words = useWords();
  const until = sentAt + seconds * 1000;
  const left = useSecondsUntil(until);
  if (left === 0) return words.texts.codeExpired;
  return words.texts.codeLasts(words.duration(seconds), words.timeOfDay(until));
}

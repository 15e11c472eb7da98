import { useSecondsUntil } from '../form/countdown';
import { texts } from '../languages';
import { duration, timeOfDay } from '../languages/times';
import type { SentMail } from '../state/pending';

/** What was mailed where, and what to do with it. */
export function Instruction({ email, byCode, byLink }: {
  email: string;
  byCode: boolean;
  byLink: boolean;
}) {
  const both = byCode ? texts.codeOrLinkMailed : texts.linkMailed;
  const [before, after] = byLink ? both : texts.codeMailed;
  return <p>{before}<strong>{email}</strong>{after}</p>;
}

/** How long the mail's code and link work, where this tab knows it. */
export function Lifetimes({ mail: { otpSeconds, linkSeconds, sentAt } }: { mail: SentMail }) {
  if (sentAt === null) return null;
  return (
    <p>
      {otpSeconds && <CodeLasts seconds={otpSeconds} sentAt={sentAt} />}
      {linkSeconds && ` ${texts.linkLasts(duration(linkSeconds))}`}
    </p>
  );
}

/** How long a code works, or that its time is over. */
export function CodeLasts({ seconds, sentAt }: { seconds: number; sentAt: number }) {
  const until = sentAt + seconds * 1000;
  const left = useSecondsUntil(until);
  return left > 0 ? texts.codeLasts(duration(seconds), timeOfDay(until)) : texts.codeExpired;
}

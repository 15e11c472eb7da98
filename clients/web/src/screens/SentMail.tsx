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
  const lines = [
    otpSeconds && texts.codeLasts(duration(otpSeconds), timeOfDay(sentAt + otpSeconds * 1000)),
    linkSeconds && texts.linkLasts(duration(linkSeconds)),
  ];
  return <p>{lines.filter(Boolean).join(' ')}</p>;
}

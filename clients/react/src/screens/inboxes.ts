/** Where people read the mails of a provider. */
export interface Inbox {
  provider: string;
  url: string;
}

/** Providers that many people have, and the domains of their addresses. */
const INBOXES: readonly (Inbox & { domains: RegExp })[] = [
  { provider: 'Gmail', url: 'https://mail.google.com/', domains: /^(gmail|googlemail)\.com$/ },
  {
    provider: 'Outlook',
    url: 'https://outlook.live.com/mail/',
    domains: /^((outlook|hotmail|live)\.(com|de|es|fr|it|at|be|ch|nl|co\.uk)|msn\.com)$/,
  },
  {
    provider: 'Yahoo Mail',
    url: 'https://mail.yahoo.com/',
    domains: /^((yahoo|ymail)\.com|yahoo\.(de|es|fr|it|co\.uk|ca))$/,
  },
  {
    provider: 'iCloud Mail',
    url: 'https://www.icloud.com/mail',
    domains: /^(icloud|me|mac)\.com$/,
  },
  {
    provider: 'Proton Mail',
    url: 'https://mail.proton.me/',
    domains: /^(proton\.me|protonmail\.(com|ch)|pm\.me)$/,
  },
  { provider: 'GMX', url: 'https://www.gmx.net/', domains: /^gmx\.(de|net|at|ch)$/ },
  { provider: 'GMX', url: 'https://www.gmx.com/', domains: /^gmx\.(com|us)$/ },
  { provider: 'WEB.DE', url: 'https://web.de/', domains: /^web\.de$/ },
  { provider: 'T-Online', url: 'https://email.t-online.de/', domains: /^t-online\.de$/ },
  { provider: 'AOL Mail', url: 'https://mail.aol.com/', domains: /^aol\.(com|de|fr)$/ },
  { provider: 'Fastmail', url: 'https://app.fastmail.com/', domains: /^fastmail\.(com|fm)$/ },
  { provider: 'La Poste', url: 'https://www.laposte.net/', domains: /^laposte\.net$/ },
];

/** The inbox of an address, if it is one of a well-known provider. */
export function inboxOf(email: string): Inbox | null {
  const domain = email.slice(email.lastIndexOf('@') + 1).toLowerCase();
  const found = INBOXES.find(({ domains }) => domains.test(domain));
  return found ? { provider: found.provider, url: found.url } : null;
}

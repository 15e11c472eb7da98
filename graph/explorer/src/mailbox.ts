/** Where the mailbox is, relative to this page; empty on a server that sends its mails. */
export const mailbox = document.querySelector<HTMLMetaElement>('meta[name="mailbox"]')!.content;

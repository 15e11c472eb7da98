import type { Strength } from '../form/strength.js';
import type { AccountTexts } from './account/texts.js';

/** What a button says, and what it says while its request is under way. */
export interface Action {
  label: string;
  sending: string;
}

/** The text before and after a value that stands out. */
export type Around = readonly [before: string, after: string];

/** A question, and the link that answers it. */
export interface Question {
  question: string;
  link: string;
}

/** Every text of this app. A language that lacks one does not compile. */
export interface Texts extends AccountTexts {
  /** The label of a field that may be left empty. */
  optional: (label: string) => string;
  name: string;
  email: string;
  passwordHint: (least: number, most: number) => string;
  passwordStrength: Readonly<Record<Strength, string>>;
  show: string;
  hide: string;
  role: string;
  /** The roles of the presets. Other roles are shown as the policy names them. */
  roles: Readonly<Record<string, string>>;
  invitedBy: string;
  invitedByHint: string;
  code: string;

  register: Action;
  logIn: Action;
  confirm: Action;
  logOut: Action;
  sendAnother: Action;
  tryAgain: string;
  oneMoment: string;
  questions: string;

  createAccount: string;
  registered: Question;
  notRegistered: Question;
  unknownOrganization: string;
  askForAnotherLink: string;

  enterName: string;
  enterEmail: string;
  emailNotAccepted: string;
  enterPassword: string;
  passwordTooShort: (least: number) => string;
  passwordTooLong: (most: number) => string;
  passwordTooCommon: string;
  passwordBreached: string;
  chooseRole: string;
  addressTaken: Question;
  codeAlreadyMailed: Question;

  enterCode: string;
  confirmAddress: string;
  openLink: string;
  codeMailed: Around;
  linkMailed: Around;
  codeOrLinkMailed: Around;
  /** Around an address that is like the one that was typed. */
  didYouMean: Around;
  /** Leads to the mails of a provider, such as `Gmail`. */
  openInbox: (provider: string) => string;
  codeLasts: (duration: string, until: string) => string;
  linkLasts: (duration: string) => string;
  wrongAddress: Question;
  confirmedThere: Question;
  codeFormat: string;
  wrongCode: (attemptsLeft: number) => string;
  codeExpired: string;
  tooManyCodes: string;
  noPasswordYet: string;
  hasPassword: string;
  anotherSent: string;
  nothingCame: (when: string) => string;
  anotherFrom: (when: string) => string;

  confirmed: string;
  wrongCredentials: string;
  unconfirmed: Question;
  accountDisabled: string;
  deletionPending: (date: string) => string;
  loggedOut: string;
  sessionEnded: string;
  cookieNotKept: string;

  hello: (name: string | null) => string;
  account: string;
  organization: string;
  registeredOn: string;

  tooOften: string;
  busy: string;
  tryAgainIn: (when: string) => string;
  busyTryAgain: string;
  unreachable: string;
  fault: string;
  faultNumber: string;
  outdated: string;
  /** Stands before a number of minutes, hours or days that is rounded. */
  about: string;
  inAboutAnHour: string;
}

import { account } from './account/en.js';
import type { Texts } from './texts.js';

export const en: Texts = {
  ...account,

  optional: (label) => `${label} (optional)`,
  name: 'Name',
  email: 'Email',
  passwordHint: (least, most) => `${least} to ${most} characters`,
  show: 'Show',
  hide: 'Hide',
  role: 'Role',
  roles: { customer: 'Customer', pastor: 'Pastor', member: 'Member' },
  invitedBy: 'Invited by',
  invitedByHint: 'The email address of the person who invited you',
  code: 'Code',

  register: { label: 'Create account', sending: 'Creating your account…' },
  logIn: { label: 'Log in', sending: 'Logging in…' },
  confirm: { label: 'Confirm', sending: 'Confirming…' },
  logOut: { label: 'Log out', sending: 'Logging out…' },
  sendAnother: { label: 'Resend email', sending: 'Sending…' },
  tryAgain: 'Try again',
  oneMoment: 'One moment…',
  questions: 'Questions?',

  createAccount: 'Create an account',
  registered: { question: 'Already have an account?', link: 'Log in' },
  notRegistered: { question: 'No account yet?', link: 'Create an account' },
  unknownOrganization: 'Unknown organization',
  askForAnotherLink:
    'The link that led you here names an organization that this server does not know. ' +
    'Please ask whoever sent it to you for another one.',

  enterName: 'Enter your name.',
  enterEmail: 'Enter your email.',
  emailNotAccepted: 'This email address is not accepted. Check it, or use another one.',
  enterPassword: 'Enter a password.',
  passwordTooShort: (least) => `The password must have at least ${least} characters.`,
  passwordTooLong: (most) => `The password must have at most ${most} characters.`,
  passwordTooCommon: 'Too many people use this password. Choose another one.',
  passwordBreached: 'This password is known from a data breach. Choose another one.',
  chooseRole: 'Choose a role.',
  addressTaken: { question: 'This address already has an account.', link: 'Log in instead' },
  codeAlreadyMailed: {
    question: 'You have already created an account with this address. Confirm it with our email.',
    link: 'Continue',
  },

  enterCode: 'Enter your code',
  confirmAddress: 'Confirm your address',
  openLink: 'Open the link in your email',
  codeMailed: ['We have sent a six-digit code to ', '.'],
  linkMailed: ['We have sent a link to ', '. Open it and confirm your address there.'],
  codeOrLinkMailed: [
    'We have sent a code and a link to ',
    '. Enter the code here, or open the link.',
  ],
  codeLasts: (duration, until) => `The code works for ${duration}, until ${until}.`,
  linkLasts: (duration) => `The link works for ${duration}.`,
  wrongAddress: { question: 'Wrong address?', link: 'Change it' },
  confirmedThere: { question: 'Already confirmed?', link: 'Log in' },
  codeFormat: 'The code has six digits.',
  wrongCode: (left) =>
    `This code is wrong. You have ${left} ${left === 1 ? 'attempt' : 'attempts'} left.`,
  codeExpired: 'This code has expired. Ask for a new one.',
  tooManyCodes: 'That was one wrong code too many. Ask for a new one.',
  noPasswordYet: 'Your account has no password yet. Choose one now.',
  hasPassword: 'Your account already has a password. Confirm your address without a new one.',
  anotherSent: 'A new email is on its way. Earlier ones are no longer valid.',
  nothingCame: (when) => `No email yet? You can ask for another one ${when}.`,
  anotherFrom: (when) => `You can ask for a new email ${when}.`,

  confirmed: 'Thank you. Your address is confirmed. Please log in.',
  wrongCredentials: 'There is no account with this address and this password.',
  unconfirmed: { question: 'Your address is not confirmed yet.', link: 'Confirm it' },
  accountDisabled: 'This account is disabled.',
  deletionPending: (date) =>
    `This account will be deleted on ${date}. Our email about the deletion has a link to keep it.`,
  loggedOut: 'You are logged out.',
  sessionEnded: 'Your session has ended. Please log in again.',
  cookieNotKept:
    'Your browser has not kept the session. Allow cookies for this page, and log in again.',

  hello: (name) => (name ? `Hello, ${name}` : 'Hello'),
  account: 'Your account',
  organization: 'Organization',
  registeredOn: 'Account created',

  tooOften: 'Too many attempts.',
  busy: 'The server is busy.',
  tryAgainIn: (when) => `You can try again ${when}.`,
  busyTryAgain: 'The server is busy. Please try again in a moment.',
  unreachable: 'The server could not be reached. Please check your connection and try again.',
  fault: 'Something went wrong on the server. Please try again.',
  faultNumber: 'If it happens again, tell us this number:',
  outdated: 'This page is out of date. Please reload it and try again.',
  about: 'about',
  inAboutAnHour: 'in about an hour',
};

import type { Texts } from './texts';

export const en: Texts = {
  name: 'Name',
  nameOptional: 'Name (optional)',
  email: 'Email',
  password: 'Password',
  passwordHint: (least, most) => `${least} to ${most} characters`,
  show: 'Show',
  hide: 'Hide',
  showPassword: 'Show password',
  role: 'Role',
  roles: { customer: 'Customer', pastor: 'Pastor', member: 'Member' },
  invitedBy: 'Invited by',
  invitedByOptional: 'Invited by (optional)',
  invitedByHint: 'The email address of whoever invited you',
  code: 'Code',

  register: { label: 'Register', sending: 'Registering…' },
  logIn: { label: 'Log in', sending: 'Logging in…' },
  confirm: { label: 'Confirm', sending: 'Confirming…' },
  logOut: { label: 'Log out', sending: 'Logging out…' },
  sendAnother: { label: 'Send another email', sending: 'Sending…' },
  tryAgain: 'Try again',
  oneMoment: 'One moment…',
  questions: 'Questions?',

  createAccount: 'Create an account',
  registered: { question: 'Registered already?', link: 'Log in' },
  notRegistered: { question: 'Not registered yet?', link: 'Create an account' },
  unknownOrganisation: 'Unknown organisation',
  askForAnotherLink:
    'The link that led you here names an organisation that this server does not know. ' +
    'Please ask whoever sent it to you for another one.',

  enterName: 'Enter your name.',
  enterEmail: 'Enter your email.',
  enterPassword: 'Enter a password.',
  passwordTooShort: (least) => `The password must have at least ${least} characters.`,
  passwordTooLong: (most) => `The password must have at most ${most} characters.`,
  passwordTooCommon: 'Too many people use this password. Choose another one.',
  chooseRole: 'Choose a role.',
  addressTaken: { question: 'This address is registered already.', link: 'Log in instead' },
  codeAlreadyMailed: {
    question: 'You have registered with this address already. Confirm it with our email.',
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
  confirmedThere: { question: 'Confirmed already?', link: 'Log in' },
  codeFormat: 'The code has six digits.',
  wrongCode: (left) => {
    if (left === 0) return 'This is not the code, and there are no more tries.';
    return `This is not the code. You have ${left} more ${left === 1 ? 'try' : 'tries'}.`;
  },
  codeExpired: 'This code has expired. Send another email.',
  tooManyCodes: 'That was one wrong code too many. Send another email.',
  anotherSent: 'Another email is on its way. Earlier ones are no longer valid.',
  nothingCame: (when) => `Nothing has come? You can send another email ${when}.`,

  confirmed: 'Thank you. Your address is confirmed. Please log in.',
  wrongCredentials: 'There is no account with this address and this password.',
  unconfirmed: { question: 'Your address is not confirmed yet.', link: 'Confirm it' },
  loggedOut: 'You are logged out.',
  sessionEnded: 'Your session has ended. Please log in again.',

  hello: (name) => (name ? `Hello, ${name}` : 'Hello'),
  account: 'Your account',
  organisation: 'Organisation',
  registeredOn: 'Registered',

  tooOften: 'That was too often.',
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

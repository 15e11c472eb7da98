import { account } from './account/de.js';
import type { Texts } from './texts.js';

export const de: Texts = {
  ...account,

  optional: (label) => `${label} (optional)`,
  name: 'Name',
  email: 'E\u2011Mail-Adresse',
  passwordHint: (least, most) => `${least} bis ${most} Zeichen`,
  passwordStrength: {
    tooShort: 'Zu kurz',
    tooLong: 'Zu lang',
    hasName: 'Schwach: Ihr Name',
    hasEmail: 'Schwach: Ihre Adresse',
    repetitive: 'Schwach: wiederholt sich',
    fair: 'Mittel: länger ist stärker',
    good: 'Gute Länge',
  },
  show: 'Anzeigen',
  hide: 'Ausblenden',
  role: 'Rolle',
  roles: { customer: 'Kunde/Kundin', pastor: 'Pastor/Pastorin', member: 'Mitglied' },
  invitedBy: 'Eingeladen von',
  invitedByHint: 'Die E-Mail-Adresse der Person, die Sie eingeladen hat',
  code: 'Code',

  register: { label: 'Konto erstellen', sending: 'Ihr Konto wird erstellt …' },
  logIn: { label: 'Anmelden', sending: 'Sie werden angemeldet …' },
  confirm: { label: 'Bestätigen', sending: 'Der Code wird geprüft …' },
  logOut: { label: 'Abmelden', sending: 'Sie werden abgemeldet …' },
  sendAnother: { label: 'E\u2011Mail erneut senden', sending: 'Die E\u2011Mail wird gesendet …' },
  tryAgain: 'Erneut versuchen',
  oneMoment: 'Einen Moment bitte …',
  questions: 'Fragen?',

  createAccount: 'Konto erstellen',
  registered: { question: 'Haben Sie bereits ein Konto?', link: 'Anmelden' },
  notRegistered: { question: 'Noch kein Konto?', link: 'Konto erstellen' },
  unknownOrganization: 'Unbekannte Organisation',
  askForAnotherLink:
    'Der Link, über den Sie hierher gekommen sind, nennt eine Organisation, die dieser Server ' +
    'nicht kennt. Bitten Sie die Person, die Ihnen den Link geschickt hat, um einen neuen.',

  enterName: 'Geben Sie Ihren Namen ein.',
  enterEmail: 'Geben Sie Ihre E-Mail-Adresse ein.',
  emailNotAccepted:
    'Diese E-Mail-Adresse wird nicht angenommen. Bitte prüfen Sie sie, oder verwenden Sie eine andere.',
  enterPassword: 'Geben Sie ein Passwort ein.',
  passwordTooShort: (least) => `Das Passwort muss mindestens ${least} Zeichen haben.`,
  passwordTooLong: (most) => `Das Passwort darf höchstens ${most} Zeichen haben.`,
  passwordTooCommon: 'Zu viele Menschen verwenden dieses Passwort. Wählen Sie ein anderes.',
  passwordBreached: 'Dieses Passwort ist aus einem Datenleck bekannt. Wählen Sie ein anderes.',
  chooseRole: 'Wählen Sie eine Rolle.',
  addressTaken: { question: 'Zu dieser Adresse gibt es bereits ein Konto.', link: 'Anmelden' },
  codeAlreadyMailed: {
    question:
      'Sie haben mit dieser Adresse bereits ein Konto erstellt. ' +
      'Bestätigen Sie die Adresse mit unserer E-Mail.',
    link: 'Weiter',
  },

  enterCode: 'Geben Sie Ihren Code ein',
  confirmAddress: 'Bestätigen Sie Ihre Adresse',
  openLink: 'Öffnen Sie den Link in Ihrer E-Mail',
  codeMailed: ['Wir haben einen sechsstelligen Code an ', ' geschickt.'],
  linkMailed: [
    'Wir haben einen Link an ',
    ' geschickt. Öffnen Sie ihn und bestätigen Sie dort Ihre Adresse.',
  ],
  codeOrLinkMailed: [
    'Wir haben einen Code und einen Link an ',
    ' geschickt. Geben Sie den Code hier ein oder öffnen Sie den Link.',
  ],
  didYouMean: ['Meinten Sie ', '?'],
  openInbox: (provider) => `${provider} öffnen`,
  codeLasts: (duration, until) => `Der Code gilt ${duration}, bis ${until} Uhr.`,
  linkLasts: (duration) => `Der Link gilt ${duration}.`,
  wrongAddress: { question: 'Falsche Adresse?', link: 'Adresse ändern' },
  confirmedThere: { question: 'Bereits bestätigt?', link: 'Anmelden' },
  codeFormat: 'Der Code hat sechs Ziffern.',
  wrongCode: (left) =>
    `Dieser Code ist falsch. Sie haben noch ${left} ${left === 1 ? 'Versuch' : 'Versuche'}.`,
  codeExpired: 'Dieser Code ist abgelaufen. Fordern Sie einen neuen an.',
  tooManyCodes: 'Sie haben zu oft einen falschen Code eingegeben. Fordern Sie einen neuen an.',
  noPasswordYet: 'Ihr Konto hat noch kein Passwort. Wählen Sie jetzt eines.',
  hasPassword: 'Ihr Konto hat bereits ein Passwort. Bestätigen Sie Ihre Adresse ohne ein neues.',
  anotherSent: 'Eine neue E-Mail ist unterwegs. Frühere sind nicht mehr gültig.',
  nothingCame: (when) => `Keine E-Mail erhalten? Sie können ${when} eine neue anfordern.`,
  anotherFrom: (when) => `Sie können ${when} eine neue E-Mail anfordern.`,

  confirmed: 'Vielen Dank. Ihre Adresse ist bestätigt. Bitte melden Sie sich an.',
  wrongCredentials: 'Es gibt kein Konto mit dieser Adresse und diesem Passwort.',
  unconfirmed: { question: 'Ihre Adresse ist noch nicht bestätigt.', link: 'Adresse bestätigen' },
  accountDisabled: 'Dieses Konto ist gesperrt.',
  deletionPending: (date) =>
    `Dieses Konto wird am ${date} gelöscht. Mit dem Link in unserer E-Mail zur Löschung behalten Sie es.`,
  loggedOut: 'Sie sind abgemeldet.',
  sessionEnded: 'Ihre Sitzung ist beendet. Bitte melden Sie sich erneut an.',
  cookieNotKept:
    'Ihr Browser hat die Sitzung nicht behalten. Erlauben Sie Cookies für diese Seite und melden Sie sich erneut an.',

  hello: (name) => (name ? `Guten Tag, ${name}` : 'Guten Tag'),
  account: 'Ihr Konto',
  organization: 'Organisation',
  registeredOn: 'Konto erstellt am',

  tooOften: 'Zu viele Versuche.',
  busy: 'Der Server ist ausgelastet.',
  tryAgainIn: (when) => `Sie können es ${when} erneut versuchen.`,
  busyTryAgain: 'Der Server ist ausgelastet. Bitte versuchen Sie es gleich erneut.',
  unreachable:
    'Der Server ist nicht erreichbar. ' +
    'Bitte prüfen Sie Ihre Verbindung und versuchen Sie es erneut.',
  fault: 'Auf dem Server ist ein Fehler aufgetreten. Bitte versuchen Sie es erneut.',
  faultNumber: 'Wenn das wieder vorkommt, nennen Sie uns bitte diese Nummer:',
  outdated: 'Diese Seite ist veraltet. Bitte laden Sie sie neu und versuchen Sie es erneut.',
  about: 'etwa',
  inAboutAnHour: 'in etwa einer Stunde',
};

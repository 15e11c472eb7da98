import type { Texts } from './texts';

export const de: Texts = {
  name: 'Name',
  nameOptional: 'Name (optional)',
  email: 'E-Mail-Adresse',
  password: 'Passwort',
  passwordHint: (least, most) => `${least} bis ${most} Zeichen`,
  show: 'Zeigen',
  hide: 'Verbergen',
  showPassword: 'Passwort zeigen',
  role: 'Rolle',
  roles: { customer: 'Kundin oder Kunde', pastor: 'Pastorin oder Pastor', member: 'Mitglied' },
  invitedBy: 'Eingeladen von',
  invitedByOptional: 'Eingeladen von (optional)',
  invitedByHint: 'Die E-Mail-Adresse der Person, die Sie eingeladen hat',
  code: 'Code',

  register: { label: 'Registrieren', sending: 'Sie werden registriert …' },
  logIn: { label: 'Anmelden', sending: 'Sie werden angemeldet …' },
  confirm: { label: 'Bestätigen', sending: 'Der Code wird geprüft …' },
  logOut: { label: 'Abmelden', sending: 'Sie werden abgemeldet …' },
  sendAnother: { label: 'Neue E-Mail senden', sending: 'Die E-Mail wird gesendet …' },
  tryAgain: 'Erneut versuchen',
  oneMoment: 'Einen Moment bitte …',
  questions: 'Fragen?',

  createAccount: 'Konto erstellen',
  registered: { question: 'Schon registriert?', link: 'Anmelden' },
  notRegistered: { question: 'Noch nicht registriert?', link: 'Konto erstellen' },
  unknownOrganisation: 'Unbekannte Organisation',
  askForAnotherLink:
    'Der Link, über den Sie hierher gekommen sind, nennt eine Organisation, die dieser Server ' +
    'nicht kennt. Bitten Sie die Person, die Ihnen den Link geschickt hat, um einen neuen.',

  enterName: 'Geben Sie Ihren Namen ein.',
  enterEmail: 'Geben Sie Ihre E-Mail-Adresse ein.',
  enterPassword: 'Geben Sie ein Passwort ein.',
  passwordTooShort: (least) => `Das Passwort muss mindestens ${least} Zeichen haben.`,
  passwordTooLong: (most) => `Das Passwort darf höchstens ${most} Zeichen haben.`,
  passwordTooCommon: 'Zu viele Menschen verwenden dieses Passwort. Wählen Sie ein anderes.',
  chooseRole: 'Wählen Sie eine Rolle.',
  addressTaken: { question: 'Diese Adresse ist bereits registriert.', link: 'Anmelden' },
  codeAlreadyMailed: {
    question:
      'Sie haben sich mit dieser Adresse bereits registriert. ' +
      'Bestätigen Sie sie mit unserer E-Mail.',
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
  codeLasts: (duration, until) => `Der Code gilt ${duration}, bis ${until} Uhr.`,
  linkLasts: (duration) => `Der Link gilt ${duration}.`,
  wrongAddress: { question: 'Falsche Adresse?', link: 'Adresse ändern' },
  confirmedThere: { question: 'Schon bestätigt?', link: 'Anmelden' },
  codeFormat: 'Der Code hat sechs Ziffern.',
  wrongCode: (left) => {
    if (left === 0) return 'Das ist nicht der Code. Sie haben keine weiteren Versuche.';
    return `Das ist nicht der Code. Sie haben noch ${left} ${left === 1 ? 'Versuch' : 'Versuche'}.`;
  },
  codeExpired: 'Dieser Code ist abgelaufen. Senden Sie eine neue E-Mail.',
  tooManyCodes: 'Sie haben zu oft einen falschen Code eingegeben. Senden Sie eine neue E-Mail.',
  anotherSent: 'Eine neue E-Mail ist unterwegs. Frühere sind nicht mehr gültig.',
  nothingCame: (when) => `Nichts angekommen? Sie können ${when} eine neue E-Mail senden.`,

  confirmed: 'Vielen Dank. Ihre Adresse ist bestätigt. Bitte melden Sie sich an.',
  wrongCredentials: 'Es gibt kein Konto mit dieser Adresse und diesem Passwort.',
  unconfirmed: { question: 'Ihre Adresse ist noch nicht bestätigt.', link: 'Adresse bestätigen' },
  loggedOut: 'Sie sind abgemeldet.',
  sessionEnded: 'Ihre Sitzung ist beendet. Bitte melden Sie sich erneut an.',

  hello: (name) => (name ? `Guten Tag, ${name}` : 'Guten Tag'),
  account: 'Ihr Konto',
  organisation: 'Organisation',
  registeredOn: 'Registriert am',

  tooOften: 'Das war zu oft.',
  busy: 'Der Server ist überlastet.',
  tryAgainIn: (when) => `Sie können es ${when} erneut versuchen.`,
  busyTryAgain: 'Der Server ist überlastet. Bitte versuchen Sie es gleich noch einmal.',
  unreachable:
    'Der Server ist nicht erreichbar. ' +
    'Bitte prüfen Sie Ihre Verbindung und versuchen Sie es erneut.',
  fault: 'Auf dem Server ist ein Fehler aufgetreten. Bitte versuchen Sie es erneut.',
  faultNumber: 'Wenn das wieder geschieht, nennen Sie uns diese Nummer:',
  outdated: 'Diese Seite ist veraltet. Bitte laden Sie sie neu und versuchen Sie es erneut.',
  about: 'etwa',
  inAboutAnHour: 'in etwa einer Stunde',
};

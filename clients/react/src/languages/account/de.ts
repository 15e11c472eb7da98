import type { AccountTexts } from './texts.js';

export const account: AccountTexts = {
  passwords: {
    password: { label: 'Passwort', show: 'Passwort anzeigen' },
    currentPassword: { label: 'Bisheriges Passwort', show: 'Bisheriges Passwort anzeigen' },
    newPassword: { label: 'Neues Passwort', show: 'Neues Passwort anzeigen' },
  },
  cancel: 'Abbrechen',

  forgotPassword: 'Passwort vergessen?',
  forgotPasswordHelp:
    'Geben Sie die E-Mail-Adresse Ihres Kontos ein. ' +
    'Wir schicken Ihnen einen Code für ein neues Passwort.',
  sendCode: { label: 'Code senden', sending: 'Der Code wird gesendet …' },
  rememberedPassword: { question: 'Doch nicht vergessen?', link: 'Anmelden' },
  chooseNewPassword: 'Wählen Sie ein neues Passwort',
  resetMailed: [
    'Wenn es zu ',
    ' ein Konto gibt, haben wir einen Code und einen Link dorthin geschickt. ' +
      'Geben Sie den Code hier ein oder öffnen Sie den Link.',
  ],
  passwordChangedThere: { question: 'Bereits mit dem Link geändert?', link: 'Anmelden' },
  passwordReset:
    'Ihr Passwort ist geändert, und Sie sind überall abgemeldet. Bitte melden Sie sich an.',

  profile: 'Profil',
  editProfile: 'Profil bearbeiten',
  saveProfile: { label: 'Speichern', sending: 'Ihr Profil wird gespeichert …' },
  profileSaved: 'Ihr Profil ist gespeichert.',
  profileIncomplete: 'Ihr Profil ist noch nicht vollständig.',
  completeProfile: 'Profil vervollständigen',
  stillMissing: (fields) => `Noch nicht angegeben: ${fields}.`,
  missing: 'Noch nicht angegeben',
  yes: 'Ja',
  no: 'Nein',
  choose: 'Bitte wählen …',
  phoneHint: 'Zum Beispiel +49 30 123456',
  enterCompleteDate: 'Geben Sie ein vollständiges Datum ein.',

  changePassword: { label: 'Passwort ändern', sending: 'Ihr Passwort wird geändert …' },
  passwordAdvice: 'Verwenden Sie ein Passwort, das Sie nirgendwo sonst verwenden.',
  keepOtherSessions: 'Auf anderen Geräten angemeldet bleiben',
  wrongPassword: 'Dieses Passwort ist falsch.',
  samePassword: 'Sie haben dieses Passwort bereits. Wählen Sie ein anderes.',
  passwordChanged: 'Ihr Passwort ist geändert.',
  passwordChangedEverywhere: 'Ihr Passwort ist geändert. Alle anderen Geräte sind abgemeldet.',

  changeEmail: 'E\u2011Mail-Adresse ändern',
  emailAdvice: 'Eine neue Adresse gilt, sobald Sie sie bestätigt haben.',
  newEmail: 'Neue E\u2011Mail-Adresse',
  sendConfirmation: {
    label: 'E\u2011Mail zur Bestätigung senden',
    sending: 'Die E\u2011Mail wird gesendet …',
  },
  sameEmail: 'Das ist bereits Ihre E-Mail-Adresse.',
  oldEmailStays: ['Bis Sie die neue Adresse bestätigen, melden Sie sich mit ', ' an.'],
  oldEmailAgrees: [
    'Die Änderung braucht auch Ihre Zustimmung: Öffnen Sie den Link, den wir an ',
    ' gesendet haben. Bis dahin melden Sie sich mit dieser Adresse an.',
  ],
  newEmailConfirmed: 'Die neue Adresse ist bestätigt.',
  cancelChange: { label: 'Änderung abbrechen', sending: 'Die Änderung wird abgebrochen …' },
  emailChanged: 'Ihre E-Mail-Adresse ist geändert.',
  emailStays: 'Ihre E-Mail-Adresse bleibt, wie sie ist.',
  emailTakenMeanwhile:
    'Diese Adresse gehört inzwischen zu einem anderen Konto. Wählen Sie eine andere.',

  devices: 'Geräte',
  devicesAdvice: 'Wo Sie angemeldet sind.',
  unknownDevice: 'Unbekanntes Gerät',
  browserOn: (browser, system) => `${browser} unter ${system}`,
  thisDevice: 'Dieses Gerät',
  lastUsed: (when) => `Zuletzt verwendet: ${when}`,
  endSession: 'Abmelden',
  endSessionOf: (device) => ({
    label: `${device} abmelden`,
    sending: 'Das Gerät wird abgemeldet …',
  }),
  endOtherSessions: {
    label: 'Alle anderen Geräte abmelden',
    sending: 'Die Geräte werden abgemeldet …',
  },
  sessionEndedThere: (device) => `${device} ist abgemeldet.`,
  otherSessionsEnded: 'Alle anderen Geräte sind abgemeldet.',

  deleteAccount: { label: 'Konto löschen', sending: 'Ihr Konto wird gelöscht …' },
  deletionAdvice: (days) =>
    days > 0
      ? `Alle Geräte werden sofort abgemeldet. ${days === 1 ? 'Einen Tag' : `${days} Tage`} lang bringt ein Link in unserer E-Mail das Konto zurück.`
      : 'Alle Geräte werden abgemeldet, und das Konto wird sofort gelöscht. Niemand kann es zurückholen.',
  accountDeleted: 'Ihr Konto ist gelöscht.',
};

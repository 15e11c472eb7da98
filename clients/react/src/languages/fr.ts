import { account } from './account/fr.js';
import type { Texts } from './texts.js';

export const fr: Texts = {
  ...account,

  optional: (label) => `${label} (facultatif)`,
  name: 'Nom',
  email: 'Adresse e\u2011mail',
  passwordHint: (least, most) => `De ${least} à ${most} caractères`,
  passwordStrength: {
    tooShort: 'Trop court',
    tooLong: 'Trop long',
    hasName: 'Faible : votre nom',
    hasEmail: 'Faible : votre adresse',
    repetitive: 'Faible : se répète',
    fair: 'Moyen : allongez-le',
    good: 'Bonne longueur',
  },
  show: 'Afficher',
  hide: 'Masquer',
  role: 'Rôle',
  roles: { customer: 'Client/Cliente', pastor: 'Pasteur/Pasteure', member: 'Membre' },
  invitedBy: 'Invitation de',
  invitedByHint: 'L’adresse e-mail de la personne à l’origine de l’invitation',
  code: 'Code',

  register: { label: 'Créer un compte', sending: 'Création du compte…' },
  logIn: { label: 'Se connecter', sending: 'Connexion en cours…' },
  confirm: { label: 'Confirmer', sending: 'Confirmation en cours…' },
  logOut: { label: 'Se déconnecter', sending: 'Déconnexion en cours…' },
  sendAnother: { label: 'Renvoyer l’e\u2011mail', sending: 'Envoi en cours…' },
  tryAgain: 'Réessayer',
  oneMoment: 'Un instant…',
  questions: 'Des questions\u00a0?',

  createAccount: 'Créer un compte',
  registered: { question: 'Vous avez déjà un compte\u00a0?', link: 'Se connecter' },
  notRegistered: { question: 'Pas encore de compte\u00a0?', link: 'Créer un compte' },
  unknownOrganization: 'Organisation inconnue',
  askForAnotherLink:
    'Le lien qui vous a conduit ici désigne une organisation que ce serveur ne connaît pas. ' +
    'Demandez un autre lien à la personne qui vous l’a envoyé.',

  enterName: 'Saisissez votre nom.',
  enterEmail: 'Saisissez votre adresse e-mail.',
  emailNotAccepted:
    'Cette adresse e-mail n’est pas acceptée. Vérifiez-la ou utilisez-en une autre.',
  enterPassword: 'Saisissez un mot de passe.',
  passwordTooShort: (least) => `Le mot de passe doit comporter au moins ${least} caractères.`,
  passwordTooLong: (most) => `Le mot de passe doit comporter au plus ${most} caractères.`,
  passwordTooCommon: 'Trop de personnes utilisent ce mot de passe. Choisissez-en un autre.',
  passwordBreached: 'Ce mot de passe figure dans une fuite de données. Choisissez-en un autre.',
  chooseRole: 'Choisissez un rôle.',
  addressTaken: { question: 'Un compte existe déjà avec cette adresse.', link: 'Se connecter' },
  codeAlreadyMailed: {
    question:
      'Vous avez déjà créé un compte avec cette adresse. Confirmez-la à l’aide de notre e-mail.',
    link: 'Continuer',
  },

  enterCode: 'Saisissez votre code',
  confirmAddress: 'Confirmez votre adresse',
  openLink: 'Ouvrez le lien de votre e-mail',
  codeMailed: ['Nous avons envoyé un code à six chiffres à ', '.'],
  linkMailed: ['Nous avons envoyé un lien à ', '. Ouvrez-le et confirmez-y votre adresse.'],
  codeOrLinkMailed: [
    'Nous avons envoyé un code et un lien à ',
    '. Saisissez le code ici ou ouvrez le lien.',
  ],
  didYouMean: ['Vouliez-vous dire ', ' ?'],
  openInbox: (provider) => `Ouvrir ${provider}`,
  codeLasts: (duration, until) => `Le code est valable ${duration}, jusqu’à ${until}.`,
  linkLasts: (duration) => `Le lien est valable ${duration}.`,
  wrongAddress: { question: 'Adresse incorrecte\u00a0?', link: 'La modifier' },
  confirmedThere: { question: 'Déjà confirmée\u00a0?', link: 'Se connecter' },
  codeFormat: 'Le code comporte six chiffres.',
  wrongCode: (left) => {
    const attempts = left === 1 ? 'tentative' : 'tentatives';
    return `Ce code est incorrect. Il vous reste ${left} ${attempts}.`;
  },
  codeExpired: 'Ce code a expiré. Demandez-en un nouveau.',
  tooManyCodes: 'Vous avez saisi trop de codes erronés. Demandez-en un nouveau.',
  noPasswordYet: 'Votre compte n’a pas encore de mot de passe. Choisissez-en un.',
  hasPassword:
    'Votre compte a déjà un mot de passe. Confirmez votre adresse sans en choisir un autre.',
  anotherSent: 'Un nouvel e-mail est en route. Les précédents ne sont plus valables.',
  nothingCame: (when) => `Vous n’avez rien reçu\u00a0? Vous pourrez en demander un autre ${when}.`,
  anotherFrom: (when) => `Vous pourrez demander un nouvel e-mail ${when}.`,

  confirmed: 'Merci. Votre adresse est confirmée. Veuillez vous connecter.',
  wrongCredentials: 'Aucun compte ne correspond à cette adresse et à ce mot de passe.',
  unconfirmed: { question: 'Votre adresse n’est pas encore confirmée.', link: 'La confirmer' },
  accountDisabled: 'Ce compte est désactivé.',
  deletionPending: (date) =>
    `Ce compte sera supprimé le ${date}. ` +
    'Notre e-mail sur la suppression contient un lien pour le conserver.',
  loggedOut: 'Vous avez fermé votre session.',
  sessionEnded: 'Votre session est terminée. Veuillez vous reconnecter.',
  cookieNotKept:
    'Votre navigateur n’a pas gardé la session. Autorisez les cookies de cette page et reconnectez-vous.',

  hello: (name) => (name ? `Bonjour, ${name}` : 'Bonjour'),
  account: 'Votre compte',
  organization: 'Organisation',
  registeredOn: 'Compte créé le',

  tooOften: 'Trop de tentatives.',
  busy: 'Le serveur est occupé.',
  tryAgainIn: (when) => `Vous pourrez réessayer ${when}.`,
  busyTryAgain: 'Le serveur est occupé. Veuillez réessayer dans un instant.',
  unreachable: 'Le serveur est injoignable. Veuillez vérifier votre connexion et réessayer.',
  fault: 'Une erreur s’est produite sur le serveur. Veuillez réessayer.',
  faultNumber: 'Si cela se reproduit, indiquez-nous ce numéro\u00a0:',
  outdated: 'Cette page n’est plus à jour. Veuillez la recharger et réessayer.',
  about: 'environ',
  inAboutAnHour: 'dans environ une heure',
};

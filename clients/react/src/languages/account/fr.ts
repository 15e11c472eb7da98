import type { AccountTexts } from './texts.js';

export const account: AccountTexts = {
  passwords: {
    password: { label: 'Mot de passe', show: 'Afficher le mot de passe' },
    currentPassword: { label: 'Mot de passe actuel', show: 'Afficher le mot de passe actuel' },
    newPassword: { label: 'Nouveau mot de passe', show: 'Afficher le nouveau mot de passe' },
  },
  cancel: 'Annuler',

  forgotPassword: 'Mot de passe oublié\u00a0?',
  forgotPasswordHelp:
    'Saisissez l’adresse e-mail de votre compte. ' +
    'Nous vous enverrons un code pour choisir un nouveau mot de passe.',
  sendCode: { label: 'Envoyer le code', sending: 'Envoi en cours…' },
  rememberedPassword: { question: 'Vous l’avez retrouvé\u00a0?', link: 'Se connecter' },
  chooseNewPassword: 'Choisissez un nouveau mot de passe',
  resetMailed: [
    'Si un compte existe pour ',
    ', nous y avons envoyé un code et un lien. Saisissez le code ici ou ouvrez le lien.',
  ],
  passwordChangedThere: { question: 'Déjà modifié avec le lien\u00a0?', link: 'Se connecter' },
  passwordReset:
    'Votre mot de passe est modifié et toutes vos sessions sont fermées. Veuillez vous connecter.',

  profile: 'Profil',
  editProfile: 'Modifier le profil',
  saveProfile: { label: 'Enregistrer', sending: 'Enregistrement en cours…' },
  profileSaved: 'Votre profil est enregistré.',
  profileIncomplete: 'Votre profil n’est pas encore complet.',
  completeProfile: 'Compléter votre profil',
  stillMissing: (fields) => `Il manque encore\u00a0: ${fields}.`,
  missing: 'Non renseigné',
  yes: 'Oui',
  no: 'Non',
  choose: 'Choisissez…',
  phoneHint: 'Par exemple +33 1 23 45 67 89',
  enterCompleteDate: 'Saisissez une date complète.',

  changePassword: {
    label: 'Modifier le mot de passe',
    sending: 'Modification en cours…',
  },
  passwordAdvice: 'Choisissez un mot de passe que vous n’utilisez nulle part ailleurs.',
  keepOtherSessions: 'Rester connecté(e) sur les autres appareils',
  wrongPassword: 'Ce mot de passe est incorrect.',
  samePassword: 'Vous avez déjà ce mot de passe. Choisissez-en un autre.',
  passwordChanged: 'Votre mot de passe est modifié.',
  passwordChangedEverywhere:
    'Votre mot de passe est modifié. Tous les autres appareils sont déconnectés.',

  changeEmail: 'Modifier l’adresse e\u2011mail',
  emailAdvice: 'Une nouvelle adresse est valable dès que vous l’avez confirmée.',
  newEmail: 'Nouvelle adresse e\u2011mail',
  sendConfirmation: {
    label: 'Envoyer l’e\u2011mail de confirmation',
    sending: 'Envoi en cours…',
  },
  sameEmail: 'C’est déjà votre adresse e-mail.',
  oldEmailStays: ['Jusqu’à la confirmation de la nouvelle adresse, connectez-vous avec ', '.'],
  oldEmailAgrees: [
    'La modification requiert aussi votre accord : ouvrez le lien que nous avons envoyé à ',
    '. D’ici là, connectez-vous avec cette adresse.',
  ],
  newEmailConfirmed: 'La nouvelle adresse est confirmée.',
  cancelChange: { label: 'Annuler la modification', sending: 'Annulation en cours…' },
  emailChanged: 'Votre adresse e-mail est modifiée.',
  emailStays: 'Votre adresse e-mail reste inchangée.',
  emailTakenMeanwhile: 'Un autre compte utilise désormais cette adresse. Choisissez-en une autre.',

  devices: 'Appareils',
  devicesAdvice: 'Où votre compte est ouvert.',
  unknownDevice: 'Appareil inconnu',
  browserOn: (browser, system) => `${browser} sous ${system}`,
  thisDevice: 'Cet appareil',
  lastUsed: (when) => `Dernière utilisation\u00a0: ${when}`,
  endSession: 'Déconnecter',
  endSessionOf: (device) => ({ label: `Déconnecter ${device}`, sending: 'Déconnexion en cours…' }),
  endOtherSessions: {
    label: 'Déconnecter tous les autres appareils',
    sending: 'Déconnexion en cours…',
  },
  sessionEndedThere: (device) => `${device} est déconnecté.`,
  otherSessionsEnded: 'Tous les autres appareils sont déconnectés.',

  deleteAccount: { label: 'Supprimer le compte', sending: 'Suppression en cours…' },
  deletionAdvice: (days) =>
    days > 0
      ? `Tous les appareils sont déconnectés immédiatement. Pendant ${days === 1 ? 'un jour' : `${days} jours`}, un lien dans notre e-mail permet de récupérer le compte.`
      : 'Tous les appareils sont déconnectés et le compte est supprimé immédiatement. Personne ne peut le récupérer.',
  accountDeleted: 'Votre compte est supprimé.',
};

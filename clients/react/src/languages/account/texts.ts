import type { Action, Around, Question } from '../texts.js';

/** The labels of a password: of the field, and of the button that shows what was typed. */
interface PasswordLabels {
  label: string;
  show: string;
}

/** Every text about what becomes of an account: its profile, password, address and devices. */
export interface AccountTexts {
  passwords: Record<'password' | 'currentPassword' | 'newPassword', PasswordLabels>;
  cancel: string;

  forgotPassword: string;
  forgotPasswordHelp: string;
  sendCode: Action;
  rememberedPassword: Question;
  chooseNewPassword: string;
  resetMailed: Around;
  passwordChangedThere: Question;
  passwordReset: string;

  profile: string;
  editProfile: string;
  saveProfile: Action;
  profileSaved: string;
  profileIncomplete: string;
  completeProfile: string;
  stillMissing: (fields: string) => string;
  /** Stands in place of a value. */
  missing: string;
  yes: string;
  no: string;
  choose: string;
  phoneHint: string;
  enterCompleteDate: string;

  changePassword: Action;
  passwordAdvice: string;
  keepOtherSessions: string;
  wrongPassword: string;
  samePassword: string;
  passwordChanged: string;
  passwordChangedEverywhere: string;

  changeEmail: string;
  emailAdvice: string;
  newEmail: string;
  sendConfirmation: Action;
  sameEmail: string;
  oldEmailStays: Around;
  oldEmailAgrees: Around;
  newEmailConfirmed: string;
  cancelChange: Action;
  emailChanged: string;
  emailStays: string;
  emailTakenMeanwhile: string;

  devices: string;
  devicesAdvice: string;
  unknownDevice: string;
  /** From `Firefox` and `Linux`. */
  browserOn: (browser: string, system: string) => string;
  thisDevice: string;
  lastUsed: (when: string) => string;
  endSession: string;
  endSessionOf: (device: string) => Action;
  endOtherSessions: Action;
  sessionEndedThere: (device: string) => string;
  otherSessionsEnded: string;

  deleteAccount: Action;
  /** Before somebody deletes the account, which can be kept for so many days. 0: it cannot. */
  deletionAdvice: (days: number) => string;
  accountDeleted: string;
}

import type { AccountTexts } from './texts.js';

export const account: AccountTexts = {
  passwords: {
    password: { label: 'Password', show: 'Show password' },
    currentPassword: { label: 'Current password', show: 'Show current password' },
    newPassword: { label: 'New password', show: 'Show new password' },
  },
  cancel: 'Cancel',

  forgotPassword: 'Forgot your password?',
  forgotPasswordHelp:
    'Enter the email of your account. We will send you a code for a new password.',
  sendCode: { label: 'Send code', sending: 'Sending…' },
  rememberedPassword: { question: 'Remembered it?', link: 'Log in' },
  chooseNewPassword: 'Choose a new password',
  resetMailed: [
    'If ',
    ' has an account, we have sent a code and a link to it. Enter the code here, or open the link.',
  ],
  passwordChangedThere: { question: 'Already changed with the link?', link: 'Log in' },
  passwordReset: 'Your password is changed, and you are logged out everywhere. Please log in.',

  profile: 'Profile',
  editProfile: 'Edit profile',
  saveProfile: { label: 'Save', sending: 'Saving…' },
  profileSaved: 'Your profile is saved.',
  profileIncomplete: 'Your profile is not complete yet.',
  completeProfile: 'Complete your profile',
  stillMissing: (fields) => `Still missing: ${fields}.`,
  missing: 'Still missing',
  yes: 'Yes',
  no: 'No',
  choose: 'Choose…',
  phoneHint: 'Such as +49 30 123456',
  enterCompleteDate: 'Enter a complete date.',

  changePassword: { label: 'Change password', sending: 'Changing your password…' },
  passwordAdvice: 'Use a password that you use nowhere else.',
  keepOtherSessions: 'Stay logged in on other devices',
  wrongPassword: 'This password is wrong.',
  samePassword: 'You have this password already. Choose another one.',
  passwordChanged: 'Your password is changed.',
  passwordChangedEverywhere: 'Your password is changed. All other devices are logged out.',

  changeEmail: 'Change email',
  emailAdvice: 'A new email counts once you have confirmed it.',
  newEmail: 'New email',
  sendConfirmation: { label: 'Send confirmation email', sending: 'Sending…' },
  sameEmail: 'You have this email already.',
  oldEmailStays: ['Until you confirm the new address, you log in with ', '.'],
  oldEmailAgrees: [
    'The change also needs your agreement: open the link that we have sent to ',
    '. Until then you log in with this address.',
  ],
  newEmailConfirmed: 'The new address is confirmed.',
  cancelChange: { label: 'Cancel the change', sending: 'Cancelling…' },
  emailChanged: 'Your email is changed.',
  emailStays: 'Your email stays as it is.',
  emailTakenMeanwhile: 'Another account has this address by now. Use another one.',

  devices: 'Devices',
  devicesAdvice: 'Where you are logged in.',
  unknownDevice: 'Unknown device',
  browserOn: (browser, system) => `${browser} on ${system}`,
  thisDevice: 'This device',
  lastUsed: (when) => `Last used: ${when}`,
  endSession: 'Log out',
  endSessionOf: (device) => ({ label: `Log out ${device}`, sending: 'Logging out…' }),
  endOtherSessions: { label: 'Log out all other devices', sending: 'Logging out…' },
  sessionEndedThere: (device) => `${device} is logged out.`,
  otherSessionsEnded: 'All other devices are logged out.',

  deleteAccount: { label: 'Delete account', sending: 'Deleting your account…' },
  deletionAdvice: (days) =>
    days > 0
      ? `All devices are logged out at once. For ${days === 1 ? 'a day' : `${days} days`}, a link in our email brings the account back.`
      : 'All devices are logged out, and the account is deleted at once. Nobody can bring it back.',
  accountDeleted: 'Your account is deleted.',
};

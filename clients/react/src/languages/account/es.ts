import type { AccountTexts } from './texts.js';

export const account: AccountTexts = {
  passwords: {
    password: { label: 'Contraseña', show: 'Mostrar la contraseña' },
    currentPassword: { label: 'Contraseña actual', show: 'Mostrar la contraseña actual' },
    newPassword: { label: 'Contraseña nueva', show: 'Mostrar la contraseña nueva' },
  },
  cancel: 'Cancelar',

  forgotPassword: '¿Ha olvidado su contraseña?',
  forgotPasswordHelp:
    'Introduzca el correo electrónico de su cuenta. ' +
    'Le enviaremos un código para una contraseña nueva.',
  sendCode: { label: 'Enviar código', sending: 'Enviando…' },
  rememberedPassword: { question: '¿La ha recordado?', link: 'Iniciar sesión' },
  chooseNewPassword: 'Elija una contraseña nueva',
  resetMailed: [
    'Si existe una cuenta con ',
    ', hemos enviado allí un código y un enlace. Introduzca aquí el código o abra el enlace.',
  ],
  passwordChangedThere: {
    question: '¿Ya la ha cambiado con el enlace?',
    link: 'Iniciar sesión',
  },
  passwordReset:
    'Su contraseña se ha cambiado y se han cerrado todas sus sesiones. Inicie sesión.',

  profile: 'Perfil',
  editProfile: 'Editar perfil',
  saveProfile: { label: 'Guardar', sending: 'Guardando su perfil…' },
  profileSaved: 'Su perfil se ha guardado.',
  profileIncomplete: 'Su perfil aún no está completo.',
  completeProfile: 'Completar su perfil',
  stillMissing: (fields) => `Datos pendientes: ${fields}.`,
  missing: 'Pendiente',
  yes: 'Sí',
  no: 'No',
  choose: 'Elija…',
  phoneHint: 'Por ejemplo, +34 910 123 456',
  enterCompleteDate: 'Introduzca una fecha completa.',

  changePassword: { label: 'Cambiar contraseña', sending: 'Cambiando su contraseña…' },
  passwordAdvice: 'Use una contraseña que no utilice en ningún otro sitio.',
  keepOtherSessions: 'Mantener la sesión abierta en otros dispositivos',
  wrongPassword: 'Esta contraseña es incorrecta.',
  samePassword: 'Ya tiene esta contraseña. Elija otra.',
  passwordChanged: 'Su contraseña se ha cambiado.',
  passwordChangedEverywhere:
    'Su contraseña se ha cambiado. Se ha cerrado la sesión en los demás dispositivos.',

  changeEmail: 'Cambiar correo electrónico',
  emailAdvice: 'Una dirección nueva será válida cuando la haya confirmado.',
  newEmail: 'Correo electrónico nuevo',
  sendConfirmation: { label: 'Enviar correo de confirmación', sending: 'Enviando…' },
  sameEmail: 'Ya tiene este correo electrónico.',
  oldEmailStays: ['Hasta que confirme la dirección nueva, inicie sesión con ', '.'],
  oldEmailAgrees: [
    'El cambio también necesita su aceptación: abra el enlace que hemos enviado a ',
    '. Hasta entonces, inicie sesión con esta dirección.',
  ],
  newEmailConfirmed: 'La dirección nueva está confirmada.',
  cancelChange: { label: 'Cancelar el cambio', sending: 'Cancelando…' },
  emailChanged: 'Su correo electrónico se ha cambiado.',
  emailStays: 'Su correo electrónico no cambia.',
  emailTakenMeanwhile: 'Otra cuenta ya tiene esta dirección. Utilice otra.',

  devices: 'Dispositivos',
  devicesAdvice: 'Dónde tiene la sesión abierta.',
  unknownDevice: 'Dispositivo desconocido',
  browserOn: (browser, system) => `${browser} en ${system}`,
  thisDevice: 'Este dispositivo',
  lastUsed: (when) => `Último uso: ${when}`,
  endSession: 'Cerrar sesión',
  endSessionOf: (device) => ({
    label: `Cerrar sesión en ${device}`,
    sending: 'Cerrando sesión…',
  }),
  endOtherSessions: {
    label: 'Cerrar sesión en los demás dispositivos',
    sending: 'Cerrando sesiones…',
  },
  sessionEndedThere: (device) => `Se ha cerrado la sesión en ${device}.`,
  otherSessionsEnded: 'Se ha cerrado la sesión en los demás dispositivos.',

  deleteAccount: { label: 'Eliminar cuenta', sending: 'Eliminando su cuenta…' },
  deletionAdvice: (days) =>
    days > 0
      ? `Se cierra de inmediato la sesión en todos los dispositivos. Durante ${days === 1 ? 'un día' : `${days} días`} puede recuperar la cuenta con un enlace de nuestro correo.`
      : 'Se cierra la sesión en todos los dispositivos y la cuenta se elimina de inmediato. Nadie puede recuperarla.',
  accountDeleted: 'Su cuenta se ha eliminado.',
};

import { account } from './account/es.js';
import type { Texts } from './texts.js';

export const es: Texts = {
  ...account,

  optional: (label) => `${label} (opcional)`,
  name: 'Nombre',
  email: 'Correo electrónico',
  passwordHint: (least, most) => `De ${least} a ${most} caracteres`,
  passwordStrength: {
    tooShort: 'Demasiado corta',
    tooLong: 'Demasiado larga',
    hasName: 'Débil: su nombre',
    hasEmail: 'Débil: su correo',
    repetitive: 'Débil: se repite',
    fair: 'Media: mejor más larga',
    good: 'Buena longitud',
  },
  show: 'Mostrar',
  hide: 'Ocultar',
  role: 'Rol',
  roles: { customer: 'Cliente', pastor: 'Pastor o pastora', member: 'Miembro' },
  invitedBy: 'Invitación de',
  invitedByHint: 'El correo electrónico de la persona que le ha invitado',
  code: 'Código',

  register: { label: 'Crear cuenta', sending: 'Creando su cuenta…' },
  logIn: { label: 'Iniciar sesión', sending: 'Iniciando sesión…' },
  confirm: { label: 'Confirmar', sending: 'Confirmando…' },
  logOut: { label: 'Cerrar sesión', sending: 'Cerrando sesión…' },
  sendAnother: { label: 'Reenviar correo', sending: 'Enviando…' },
  tryAgain: 'Intentarlo de nuevo',
  oneMoment: 'Un momento…',
  questions: '¿Tiene alguna pregunta?',

  createAccount: 'Crear una cuenta',
  registered: { question: '¿Ya tiene una cuenta?', link: 'Iniciar sesión' },
  notRegistered: { question: '¿Aún no tiene una cuenta?', link: 'Crear una cuenta' },
  unknownOrganization: 'Organización desconocida',
  askForAnotherLink:
    'El enlace que le ha traído aquí nombra una organización que este servidor no conoce. ' +
    'Solicite otro enlace a quien se lo envió.',

  enterName: 'Introduzca su nombre.',
  enterEmail: 'Introduzca su correo electrónico.',
  emailNotAccepted: 'Esta dirección de correo no se acepta. Compruébela o utilice otra.',
  enterPassword: 'Introduzca una contraseña.',
  passwordTooShort: (least) => `La contraseña debe tener al menos ${least} caracteres.`,
  passwordTooLong: (most) => `La contraseña debe tener como máximo ${most} caracteres.`,
  passwordTooCommon: 'Demasiadas personas usan esta contraseña. Elija otra.',
  passwordBreached: 'Esta contraseña aparece en una filtración de datos. Elija otra.',
  chooseRole: 'Elija un rol.',
  addressTaken: { question: 'Ya existe una cuenta con esta dirección.', link: 'Iniciar sesión' },
  codeAlreadyMailed: {
    question: 'Ya ha creado una cuenta con esta dirección. Confirme la dirección con nuestro correo.',
    link: 'Continuar',
  },

  enterCode: 'Introduzca su código',
  confirmAddress: 'Confirme su dirección',
  openLink: 'Abra el enlace de su correo',
  codeMailed: ['Hemos enviado un código de seis cifras a ', '.'],
  linkMailed: ['Hemos enviado un enlace a ', '. Ábralo y confirme allí su dirección.'],
  codeOrLinkMailed: [
    'Hemos enviado un código y un enlace a ',
    '. Introduzca aquí el código o abra el enlace.',
  ],
  didYouMean: ['¿Quiso decir ', '?'],
  openInbox: (provider) => `Abrir ${provider}`,
  codeLasts: (duration, until) => {
    const article = /^0?1\D/.test(until) ? 'la' : 'las';
    return `El código es válido durante ${duration}, hasta ${article} ${until}.`;
  },
  linkLasts: (duration) => `El enlace es válido durante ${duration}.`,
  wrongAddress: { question: '¿La dirección no es correcta?', link: 'Cambiarla' },
  confirmedThere: { question: '¿Ya la ha confirmado?', link: 'Iniciar sesión' },
  codeFormat: 'El código tiene seis cifras.',
  wrongCode: (left) =>
    left === 1
      ? 'Este código es incorrecto. Le queda 1 intento.'
      : `Este código es incorrecto. Le quedan ${left} intentos.`,
  codeExpired: 'Este código ha caducado. Solicite uno nuevo.',
  tooManyCodes: 'Ha introducido demasiados códigos incorrectos. Solicite uno nuevo.',
  noPasswordYet: 'Su cuenta aún no tiene contraseña. Elija una ahora.',
  hasPassword: 'Su cuenta ya tiene una contraseña. Confirme su dirección sin elegir otra.',
  anotherSent: 'Hay un nuevo correo en camino. Los anteriores ya no son válidos.',
  nothingCame: (when) => `¿No ha recibido el correo? Podrá solicitar otro ${when}.`,
  anotherFrom: (when) => `Podrá solicitar otro correo ${when}.`,

  confirmed: 'Gracias. Su dirección está confirmada. Inicie sesión.',
  wrongCredentials: 'No hay ninguna cuenta con esta dirección y esta contraseña.',
  unconfirmed: { question: 'Su dirección aún no está confirmada.', link: 'Confirmarla' },
  accountDisabled: 'Esta cuenta está desactivada.',
  deletionPending: (date) =>
    `Esta cuenta se eliminará el ${date}. ` +
    'Nuestro correo sobre la eliminación tiene un enlace para conservarla.',
  loggedOut: 'Ha cerrado la sesión.',
  sessionEnded: 'Su sesión ha terminado. Inicie sesión de nuevo.',
  cookieNotKept:
    'Su navegador no ha guardado la sesión. Permita las cookies de esta página e inicie sesión de nuevo.',

  hello: (name) => (name ? `Hola, ${name}` : 'Hola'),
  account: 'Su cuenta',
  organization: 'Organización',
  registeredOn: 'Cuenta creada el',

  tooOften: 'Demasiados intentos.',
  busy: 'El servidor está ocupado.',
  tryAgainIn: (when) => `Podrá intentarlo de nuevo ${when}.`,
  busyTryAgain: 'El servidor está ocupado. Inténtelo de nuevo en un momento.',
  unreachable: 'No se puede acceder al servidor. Compruebe su conexión e inténtelo de nuevo.',
  fault: 'Se ha producido un error en el servidor. Inténtelo de nuevo.',
  faultNumber: 'Si vuelve a ocurrir, indíquenos este número:',
  outdated: 'Esta página está desactualizada. Vuelva a cargarla e inténtelo de nuevo.',
  about: 'aproximadamente',
  inAboutAnHour: 'dentro de aproximadamente una hora',
};

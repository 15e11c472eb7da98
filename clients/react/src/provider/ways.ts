/** A component that another one leads to. */
export type Way = 'signUp' | 'verifyEmail' | 'signIn' | 'resetPassword';

/** The address of each. Null where an app has none: no link leads there then. */
export type Paths = Readonly<Record<Way, string | null>>;

export const PATHS: Paths = {
  signUp: '#/register',
  verifyEmail: '#/confirm',
  signIn: '#/login',
  resetPassword: '#/forgot',
};

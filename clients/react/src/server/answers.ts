import type {
  CancelEmailChangeMutation,
  ChangePasswordMutation,
  ConfirmEmailChangeMutation,
  ContinueLoginMutation,
  LoginMutation,
  LogoutMutation,
  RegisterMutation,
  RegistrationPolicyQuery,
  RequestAccountDeletionMutation,
  RequestEmailChangeMutation,
  RequestPasswordResetMutation,
  ResendVerificationMutation,
  ResetPasswordMutation,
  RevokeOtherSessionsMutation,
  RevokeSessionMutation,
  UpdateProfileMutation,
  VerifyEmailMutation,
  ViewerQuery,
  ViewerSessionsQuery,
} from '../generated/graphql.js';

export type RegisterAnswer = RegisterMutation['register'];
export type VerifyAnswer = VerifyEmailMutation['verifyEmail'];
export type ResendAnswer = ResendVerificationMutation['resendVerification'];
export type LoginAnswer = LoginMutation['login'];
export type ContinueAnswer = ContinueLoginMutation['continueLogin'];
export type LogoutAnswer = LogoutMutation['logout'];
export type ResetRequestAnswer = RequestPasswordResetMutation['requestPasswordReset'];
export type ResetAnswer = ResetPasswordMutation['resetPassword'];
export type ChangePasswordAnswer = ChangePasswordMutation['changePassword'];
export type EmailRequestAnswer = RequestEmailChangeMutation['requestEmailChange'];
export type ConfirmEmailAnswer = ConfirmEmailChangeMutation['confirmEmailChange'];
export type CancelEmailAnswer = CancelEmailChangeMutation['cancelEmailChange'];
export type DeletionAnswer = RequestAccountDeletionMutation['requestAccountDeletion'];
export type RevokeAnswer = RevokeSessionMutation['revokeSession'];
export type RevokeOthersAnswer = RevokeOtherSessionsMutation['revokeOtherSessions'];
export type UpdateProfileAnswer = UpdateProfileMutation['updateProfile'];
export type Policy = NonNullable<RegistrationPolicyQuery['registrationPolicy']>;
export type Product = Policy['product'];
export type ProfileField = Policy['profileFields'][number];
export type Viewer = NonNullable<ViewerQuery['viewer']>;
type Sessions = NonNullable<ViewerSessionsQuery['viewer']>['sessions'];
export type Session = NonNullable<Sessions>[number];

type Every =
  | RegisterAnswer
  | VerifyAnswer
  | ResendAnswer
  | LoginAnswer
  | ContinueAnswer
  | LogoutAnswer;

export type RateLimitedError = Extract<Every, { __typename: 'RateLimitedError' }>;
export type UnavailableError = Extract<Every, { __typename: 'UnavailableError' }>;
export type InternalError = Extract<Every, { __typename: 'InternalError' }>;
/** Why a code does not count. */
export type CodeRefusal = Extract<
  VerifyAnswer,
  { __typename: 'InvalidOtpError' | 'ExpiredOtpError' | 'TooManyAttemptsError' }
>;
export type InvalidInputError = Extract<Every, { __typename: 'InvalidInputError' }>;
export type FieldError = InvalidInputError['errors'][number];
/** The members of every union that is answered to a form. */
export type SharedAnswer = InvalidInputError | RateLimitedError | UnavailableError | InternalError;
/** The session has ended, or the password beside a change is wrong. */
export type AccountRefusal = Extract<
  DeletionAnswer,
  { __typename: 'UnauthenticatedError' | 'WrongPasswordError' }
>;

import type {
  ContinueLoginMutation,
  LoginMutation,
  LogoutMutation,
  RegisterMutation,
  RegistrationPolicyQuery,
  ResendVerificationMutation,
  VerifyEmailMutation,
  ViewerQuery,
} from '../generated/graphql';

export type RegisterAnswer = RegisterMutation['register'];
export type VerifyAnswer = VerifyEmailMutation['verifyEmail'];
export type ResendAnswer = ResendVerificationMutation['resendVerification'];
export type LoginAnswer = LoginMutation['login'];
export type ContinueAnswer = ContinueLoginMutation['continueLogin'];
export type LogoutAnswer = LogoutMutation['logout'];
export type Policy = NonNullable<RegistrationPolicyQuery['registrationPolicy']>;
export type Product = Policy['product'];
export type Viewer = NonNullable<ViewerQuery['viewer']>;

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
export type InvalidInputError = Extract<Every, { __typename: 'InvalidInputError' }>;
export type FieldError = InvalidInputError['errors'][number];

// Written by `make schema`. src/scenario.ts makes answers of it.

/** The members of each mutation's union. */
export const members = {
  "allowRegistration": [
    "RegistrationAllowed",
    "InvalidInputError",
    "InvalidLinkError",
    "ExpiredLinkError",
    "RateLimitedError",
    "UnavailableError",
    "InternalError"
  ],
  "cancelAccountDeletion": [
    "AccountDeletionCancelled",
    "InvalidInputError",
    "InvalidLinkError",
    "ExpiredLinkError",
    "RateLimitedError",
    "UnavailableError",
    "InternalError"
  ],
  "cancelEmailChange": [
    "EmailChangeCancelled",
    "UnauthenticatedError",
    "RateLimitedError",
    "UnavailableError",
    "InternalError"
  ],
  "changePassword": [
    "PasswordChanged",
    "CookiePasswordChanged",
    "InvalidInputError",
    "UnauthenticatedError",
    "WrongPasswordError",
    "PasswordUnchangedError",
    "RateLimitedError",
    "UnavailableError",
    "InternalError"
  ],
  "confirmEmailChange": [
    "EmailChanged",
    "EmailChangeHalfConfirmed",
    "InvalidInputError",
    "UnauthenticatedError",
    "InvalidOtpError",
    "ExpiredOtpError",
    "TooManyAttemptsError",
    "EmailAlreadyExistsError",
    "RateLimitedError",
    "UnavailableError",
    "InternalError"
  ],
  "confirmEmailChangeByLink": [
    "EmailChanged",
    "EmailChangeHalfConfirmed",
    "InvalidInputError",
    "InvalidLinkError",
    "ExpiredLinkError",
    "EmailAlreadyExistsError",
    "RateLimitedError",
    "UnavailableError",
    "InternalError"
  ],
  "continueLogin": [
    "LoginSuccess",
    "CookieLoginSuccess",
    "InvalidInputError",
    "VerificationPendingError",
    "InvalidContinuationError",
    "RateLimitedError",
    "UnavailableError",
    "InternalError"
  ],
  "disownRegistration": [
    "RegistrationDisowned",
    "InvalidInputError",
    "InvalidLinkError",
    "ExpiredLinkError",
    "RateLimitedError",
    "UnavailableError",
    "InternalError"
  ],
  "issueServiceToken": [
    "ServiceToken",
    "InvalidInputError",
    "UnauthenticatedError",
    "AudienceNotAllowedError",
    "RateLimitedError",
    "UnavailableError",
    "InternalError"
  ],
  "login": [
    "LoginSuccess",
    "CookieLoginSuccess",
    "InvalidInputError",
    "InvalidCredentialsError",
    "EmailNotVerifiedError",
    "AccountDisabledError",
    "AccountDeletionPendingError",
    "RateLimitedError",
    "UnavailableError",
    "InternalError"
  ],
  "logout": [
    "LogoutSuccess",
    "UnauthenticatedError",
    "RateLimitedError",
    "UnavailableError",
    "InternalError"
  ],
  "register": [
    "RegisterSuccess",
    "RegistrationPending",
    "RegisterDryRunSuccess",
    "InvalidInputError",
    "EmailAlreadyExistsError",
    "RateLimitedError",
    "UnavailableError",
    "InternalError"
  ],
  "requestAccountDeletion": [
    "AccountDeletionScheduled",
    "InvalidInputError",
    "UnauthenticatedError",
    "WrongPasswordError",
    "RateLimitedError",
    "UnavailableError",
    "InternalError"
  ],
  "requestEmailChange": [
    "EmailChangeRequested",
    "InvalidInputError",
    "UnauthenticatedError",
    "WrongPasswordError",
    "RateLimitedError",
    "UnavailableError",
    "InternalError"
  ],
  "requestPasswordReset": [
    "PasswordResetRequested",
    "InvalidInputError",
    "RateLimitedError",
    "UnavailableError",
    "InternalError"
  ],
  "requestPasswordResetByLink": [
    "PasswordResetRequested",
    "InvalidInputError",
    "InvalidLinkError",
    "RateLimitedError",
    "UnavailableError",
    "InternalError"
  ],
  "resendVerification": [
    "ResendVerificationSuccess",
    "InvalidInputError",
    "RateLimitedError",
    "UnavailableError",
    "InternalError"
  ],
  "resendVerificationByLink": [
    "ResendVerificationSuccess",
    "InvalidInputError",
    "InvalidLinkError",
    "RateLimitedError",
    "UnavailableError",
    "InternalError"
  ],
  "resetPassword": [
    "PasswordResetSuccess",
    "InvalidInputError",
    "InvalidOtpError",
    "ExpiredOtpError",
    "TooManyAttemptsError",
    "RateLimitedError",
    "UnavailableError",
    "InternalError"
  ],
  "resetPasswordByLink": [
    "PasswordResetSuccess",
    "InvalidInputError",
    "InvalidLinkError",
    "ExpiredLinkError",
    "RateLimitedError",
    "UnavailableError",
    "InternalError"
  ],
  "revokeOtherSessions": [
    "OtherSessionsRevoked",
    "InvalidInputError",
    "UnauthenticatedError",
    "WrongPasswordError",
    "RateLimitedError",
    "UnavailableError",
    "InternalError"
  ],
  "revokeSession": [
    "SessionRevoked",
    "InvalidInputError",
    "UnauthenticatedError",
    "WrongPasswordError",
    "SessionNotFoundError",
    "RateLimitedError",
    "UnavailableError",
    "InternalError"
  ],
  "secureAccount": [
    "AccountSecured",
    "InvalidInputError",
    "InvalidLinkError",
    "ExpiredLinkError",
    "RateLimitedError",
    "UnavailableError",
    "InternalError"
  ],
  "undoEmailChange": [
    "EmailChangeUndone",
    "InvalidInputError",
    "InvalidLinkError",
    "ExpiredLinkError",
    "EmailAlreadyExistsError",
    "RateLimitedError",
    "UnavailableError",
    "InternalError"
  ],
  "updateProfile": [
    "ProfileUpdated",
    "InvalidInputError",
    "UnauthenticatedError",
    "RateLimitedError",
    "UnavailableError",
    "InternalError"
  ],
  "verifyEmail": [
    "VerifyEmailSuccess",
    "InvalidInputError",
    "InvalidOtpError",
    "ExpiredOtpError",
    "TooManyAttemptsError",
    "RateLimitedError",
    "UnavailableError",
    "InternalError"
  ],
  "verifyEmailByLink": [
    "VerifyEmailSuccess",
    "InvalidInputError",
    "InvalidLinkError",
    "ExpiredLinkError",
    "RateLimitedError",
    "UnavailableError",
    "InternalError"
  ]
} as const;

/** An example of each member. `$now+600` stands for the time in 600 seconds. */
export const examples = {
  "AccountDeletionCancelled": {
    "__typename": "AccountDeletionCancelled",
    "message": "Your account stays. You can log in again."
  },
  "AccountDeletionPendingError": {
    "__typename": "AccountDeletionPendingError",
    "message": "This account is about to be deleted. The email about it has a link that cancels this.",
    "deletesAt": "$now+600"
  },
  "AccountDeletionScheduled": {
    "__typename": "AccountDeletionScheduled",
    "message": "Your account will be deleted. Everybody is logged out.",
    "deletesAt": "$now+600"
  },
  "AccountDisabledError": {
    "__typename": "AccountDisabledError",
    "message": "This account is disabled."
  },
  "AccountSecured": {
    "__typename": "AccountSecured",
    "message": "Everybody is logged out. Choose a new password with the email that is on its way.",
    "endedSessions": 1
  },
  "AudienceNotAllowedError": {
    "__typename": "AudienceNotAllowedError",
    "message": "Tokens are not issued for this audience."
  },
  "CookieLoginSuccess": {
    "__typename": "CookieLoginSuccess",
    "expiresAt": "$now+600",
    "user": {
      "__typename": "User",
      "id": "01a201b9-5435-76e5-b376-a31db06cb281",
      "name": "Ada Lovelace",
      "email": "ada@example.com",
      "role": "customer",
      "isVerified": true,
      "isProfileComplete": true,
      "profile": [],
      "missingProfileFields": [],
      "nextSteps": [],
      "invitedBy": null,
      "tenant": null,
      "createdAt": "$now+0",
      "updatedAt": "$now+0",
      "sessions": null
    }
  },
  "CookiePasswordChanged": {
    "__typename": "CookiePasswordChanged",
    "message": "Your password is changed.",
    "expiresAt": "$now+600"
  },
  "EmailAlreadyExistsError": {
    "__typename": "EmailAlreadyExistsError",
    "message": "Email already exists."
  },
  "EmailChangeCancelled": {
    "__typename": "EmailChangeCancelled",
    "message": "Your email address stays as it is."
  },
  "EmailChangeHalfConfirmed": {
    "__typename": "EmailChangeHalfConfirmed",
    "message": "The new address is confirmed. Now agree with the email that we sent to the old one.",
    "missing": "OLD"
  },
  "EmailChangeRequested": {
    "__typename": "EmailChangeRequested",
    "message": "Confirm the new address with the email that is on its way to it.",
    "verification": {
      "__typename": "PendingVerification",
      "id": "01a201b9-5435-76e5-b376-a31db06cb281",
      "methods": [
        "OTP"
      ],
      "expiresAt": "$now+600",
      "resendAvailableAt": "$now+60"
    }
  },
  "EmailChangeUndone": {
    "__typename": "EmailChangeUndone",
    "message": "Your account has its old address again. Choose a new password with the email that is on its way."
  },
  "EmailChanged": {
    "__typename": "EmailChanged",
    "message": "Your email address is changed.",
    "user": {
      "__typename": "User",
      "id": "01a201b9-5435-76e5-b376-a31db06cb281",
      "name": "Ada Lovelace",
      "email": "ada@example.com",
      "role": "customer",
      "isVerified": true,
      "isProfileComplete": true,
      "profile": [],
      "missingProfileFields": [],
      "nextSteps": [],
      "invitedBy": null,
      "tenant": null,
      "createdAt": "$now+0",
      "updatedAt": "$now+0",
      "sessions": null
    }
  },
  "EmailNotVerifiedError": {
    "__typename": "EmailNotVerifiedError",
    "message": "Email not verified.",
    "methods": [
      "OTP"
    ]
  },
  "ExpiredLinkError": {
    "__typename": "ExpiredLinkError",
    "message": "This link has expired."
  },
  "ExpiredOtpError": {
    "__typename": "ExpiredOtpError",
    "message": "OTP has expired."
  },
  "InternalError": {
    "__typename": "InternalError",
    "message": "Internal error.",
    "incidentId": "0f8fad5bd9cb469fa16570867728950e"
  },
  "InvalidContinuationError": {
    "__typename": "InvalidContinuationError",
    "message": "Please log in with your password."
  },
  "InvalidCredentialsError": {
    "__typename": "InvalidCredentialsError",
    "message": "Invalid email or password."
  },
  "InvalidInputError": {
    "__typename": "InvalidInputError",
    "message": "Some fields need your attention.",
    "errors": [
      {
        "__typename": "InvalidEmailError",
        "field": "email",
        "message": "An email address must have an @-sign.",
        "suggestion": null
      }
    ]
  },
  "InvalidLinkError": {
    "__typename": "InvalidLinkError",
    "message": "This link is not valid."
  },
  "InvalidOtpError": {
    "__typename": "InvalidOtpError",
    "message": "Invalid OTP.",
    "attemptsRemaining": 4
  },
  "LoginSuccess": {
    "__typename": "LoginSuccess",
    "accessToken": "example-access-token",
    "expiresAt": "$now+600",
    "user": {
      "__typename": "User",
      "id": "01a201b9-5435-76e5-b376-a31db06cb281",
      "name": "Ada Lovelace",
      "email": "ada@example.com",
      "role": "customer",
      "isVerified": true,
      "isProfileComplete": true,
      "profile": [],
      "missingProfileFields": [],
      "nextSteps": [],
      "invitedBy": null,
      "tenant": null,
      "createdAt": "$now+0",
      "updatedAt": "$now+0",
      "sessions": null
    }
  },
  "LogoutSuccess": {
    "__typename": "LogoutSuccess",
    "message": "Logged out successfully."
  },
  "OtherSessionsRevoked": {
    "__typename": "OtherSessionsRevoked",
    "message": "You are logged out everywhere else.",
    "endedSessions": 1
  },
  "PasswordChanged": {
    "__typename": "PasswordChanged",
    "message": "Your password is changed.",
    "accessToken": "example-access-token",
    "expiresAt": "$now+600"
  },
  "PasswordResetRequested": {
    "__typename": "PasswordResetRequested",
    "message": "If the address has an account, an email with a code and a link is on its way to it.",
    "resendAvailableAt": "$now+60",
    "expiresAt": "$now+600"
  },
  "PasswordResetSuccess": {
    "__typename": "PasswordResetSuccess",
    "message": "Your password is changed. Log in with the new one.",
    "user": {
      "__typename": "User",
      "id": "01a201b9-5435-76e5-b376-a31db06cb281",
      "name": "Ada Lovelace",
      "email": "ada@example.com",
      "role": "customer",
      "isVerified": true,
      "isProfileComplete": true,
      "profile": [],
      "missingProfileFields": [],
      "nextSteps": [],
      "invitedBy": null,
      "tenant": null,
      "createdAt": "$now+0",
      "updatedAt": "$now+0",
      "sessions": null
    },
    "endedSessions": 1
  },
  "PasswordUnchangedError": {
    "__typename": "PasswordUnchangedError",
    "message": "The new password is the same as the current one."
  },
  "ProfileUpdated": {
    "__typename": "ProfileUpdated",
    "message": "Your profile is saved.",
    "user": {
      "__typename": "User",
      "id": "01a201b9-5435-76e5-b376-a31db06cb281",
      "name": "Ada Lovelace",
      "email": "ada@example.com",
      "role": "customer",
      "isVerified": true,
      "isProfileComplete": true,
      "profile": [],
      "missingProfileFields": [],
      "nextSteps": [],
      "invitedBy": null,
      "tenant": null,
      "createdAt": "$now+0",
      "updatedAt": "$now+0",
      "sessions": null
    }
  },
  "RateLimitedError": {
    "__typename": "RateLimitedError",
    "message": "Too many requests. Please try again later.",
    "retryAfterSeconds": 60
  },
  "RegisterDryRunSuccess": {
    "__typename": "RegisterDryRunSuccess",
    "message": "Everything is filled in correctly.",
    "didYouMean": null
  },
  "RegisterSuccess": {
    "__typename": "RegisterSuccess",
    "message": "Registration successful. A verification code has been sent to your email address.",
    "user": {
      "__typename": "User",
      "id": "01a201b9-5435-76e5-b376-a31db06cb281",
      "name": "Ada Lovelace",
      "email": "ada@example.com",
      "role": "customer",
      "isVerified": false,
      "isProfileComplete": true,
      "profile": [],
      "missingProfileFields": [],
      "nextSteps": [
        "VERIFY_EMAIL"
      ],
      "invitedBy": null,
      "tenant": null,
      "createdAt": "$now+0",
      "updatedAt": "$now+0",
      "sessions": null
    },
    "verification": {
      "__typename": "PendingVerification",
      "id": "01a201b9-5435-76e5-b376-a31db06cb281",
      "methods": [
        "OTP"
      ],
      "expiresAt": "$now+600",
      "resendAvailableAt": "$now+60"
    },
    "continuation": "example-continuation",
    "didYouMean": null
  },
  "RegistrationAllowed": {
    "__typename": "RegistrationAllowed",
    "message": "You get our emails again. You can register now."
  },
  "RegistrationDisowned": {
    "__typename": "RegistrationDisowned",
    "message": "The registration is deleted. You get no more emails from us for 30 days.",
    "mailsFrom": "$now+600"
  },
  "RegistrationPending": {
    "__typename": "RegistrationPending",
    "message": "If the address can be registered, a verification email is on its way to it.",
    "verification": {
      "__typename": "PendingVerification",
      "id": "01a201b9-5435-76e5-b376-a31db06cb281",
      "methods": [
        "OTP"
      ],
      "expiresAt": "$now+600",
      "resendAvailableAt": "$now+60"
    },
    "continuation": "example-continuation",
    "didYouMean": null
  },
  "ResendVerificationSuccess": {
    "__typename": "ResendVerificationSuccess",
    "message": "Verification email sent successfully.",
    "resendAvailableAt": "$now+60"
  },
  "ServiceToken": {
    "__typename": "ServiceToken",
    "jwt": "example.service.token",
    "expiresAt": "$now+600"
  },
  "SessionNotFoundError": {
    "__typename": "SessionNotFoundError",
    "message": "This session has ended already."
  },
  "SessionRevoked": {
    "__typename": "SessionRevoked",
    "message": "The session has ended."
  },
  "TooManyAttemptsError": {
    "__typename": "TooManyAttemptsError",
    "message": "Too many attempts. Request a new verification email."
  },
  "UnauthenticatedError": {
    "__typename": "UnauthenticatedError",
    "message": "Not logged in."
  },
  "UnavailableError": {
    "__typename": "UnavailableError",
    "message": "Service temporarily unavailable. Please try again.",
    "retryAfterSeconds": 60
  },
  "VerificationPendingError": {
    "__typename": "VerificationPendingError",
    "message": "Email not verified yet."
  },
  "VerifyEmailSuccess": {
    "__typename": "VerifyEmailSuccess",
    "message": "Email verified successfully.",
    "user": {
      "__typename": "User",
      "id": "01a201b9-5435-76e5-b376-a31db06cb281",
      "name": "Ada Lovelace",
      "email": "ada@example.com",
      "role": "customer",
      "isVerified": true,
      "isProfileComplete": true,
      "profile": [],
      "missingProfileFields": [],
      "nextSteps": [],
      "invitedBy": null,
      "tenant": null,
      "createdAt": "$now+0",
      "updatedAt": "$now+0",
      "sessions": null
    }
  },
  "WrongPasswordError": {
    "__typename": "WrongPasswordError",
    "message": "This is not your password."
  }
} as const;

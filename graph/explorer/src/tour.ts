import login from 'operations/login.graphql?raw';
import register from 'operations/register.graphql?raw';
import registrationPolicy from 'operations/registration_policy.graphql?raw';
import resendVerification from 'operations/resend_verification.graphql?raw';
import verifyEmail from 'operations/verify_email.graphql?raw';
import viewer from 'operations/viewer.graphql?raw';

import { mailbox } from './mailbox';

export interface Tab {
  query: string | null;
  variables?: string | null;
  headers?: string | null;
}

// Not the one of the README's tour, which whoever did that first has registered already.
const email = 'alan@example.com';
const password = 'secure_password';

export const authorization = json({ Authorization: 'Bearer <paste accessToken here>' });

/** What a first visitor finds in the tabs: one person's way through the product, in order. */
export const tour: Tab[] = [
  {
    query: `# Welcome. What does a registration need?
# The answer is there already. In the next
# tabs you register, verify and log in.
query Welcome {
  registrationPolicy {
    product {
      name
    }
    roles
    passwordMinLength
    verificationMethods
  }
}
`,
  },
  {
    query: `# 1. Register. Ctrl-Enter or the button runs it.
# Refusals are types too: try a short password,
# or the same address a second time.
${register}`,
    variables: json({ input: { name: 'Alan Turing', email, password } }),
  },
  {
    query: `# 2. Verify the address: put the code from the
# mail in place of 123456 below.${mailbox && `
# A link below the answer opens the mailbox.`}
${verifyEmail}`,
    variables: json({ input: { email, otp: '123456' } }),
  },
  {
    query: `# 3. No mail, or its code has expired?
# Ask for another one.
${resendVerification}`,
    variables: json({ input: { email } }),
  },
  {
    query: `# 4. Log in. Copy the accessToken of the answer
# for the next tab.
${login}`,
    // The transport has a default, which the editor of variables does not know.
    variables: json({ input: { email, password, transport: 'TOKEN' } }),
  },
  {
    query: `# 5. Who is logged in? Open "Headers" below: the
# accessToken goes in the Authorization header, in
# place of <paste accessToken here>. It is not kept
# when the page is reloaded.
${viewer}`,
    headers: authorization,
  },
  {
    query: `# 6. Register as a member of a church: put the id
# of its tenant in "tenant". "invitedBy" takes any
# address, and is optional.
${register.replace('mutation Register(', 'mutation RegisterAtChurch(')}`,
    variables: json({
      input: {
        name: 'Grace Hopper',
        email: 'grace@example.com',
        password,
        role: 'member',
        tenant: '<paste tenant id here>',
        invitedBy: email,
      },
    }),
  },
  {
    query: `# 7. What registration asks for: without a tenant,
# or at the one whose id you put below.
${registrationPolicy}`,
    variables: json({ tenant: null }),
  },
];

function json(value: unknown): string {
  return JSON.stringify(value, null, 2);
}

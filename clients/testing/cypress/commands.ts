import type { Person } from '../src/server.ts';

declare global {
  namespace Cypress {
    interface Chainable {
      /** Somebody who has registered, and has not verified the address. */
      newUser(): Chainable<Person>;
      /** Somebody who can log in. */
      verifiedUser(): Chainable<Person>;
      /** The code in the next mail to this address. It waits for the mail. */
      codeFor(email: string): Chainable<string>;
    }
  }
}

Cypress.Commands.add('newUser', () => cy.task<Person>('connectx:newUser'));
Cypress.Commands.add('verifiedUser', () => cy.task<Person>('connectx:verifiedUser', undefined));
Cypress.Commands.add('codeFor', (email: string) => cy.task<string>('connectx:codeFor', email));

beforeEach(() => {
  cy.task('connectx:reset');
});

describe('an account', () => {
  it('is opened by the password of a person with a verified address', () => {
    cy.verifiedUser().then(({ name, email, password }) => {
      cy.visit(`${Cypress.env('connectx')}/#/login`);
      cy.get('input[name=email]').type(email);
      cy.get('input[name=password]').type(password);
      cy.contains('button', 'Log in').click();
      cy.contains('h1', `Hello, ${name}`);
    });
  });

  it('is opened by the code in the mail', () => {
    cy.visit(`${Cypress.env('connectx')}/`);
    cy.get('input[name=name]').type('Ada Lovelace');
    cy.get('input[name=email]').type('ada@example.com');
    cy.get('input[name=password]').type('secure_password');
    cy.contains('button', 'Create account').click();
    cy.codeFor('ada@example.com').then((code) => cy.get('input[name=otp]').type(code));
    cy.contains('h1', 'Hello, Ada Lovelace');
  });
});

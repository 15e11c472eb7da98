import graphql from '@graphql-eslint/eslint-plugin';

const everything = {
  types: true,
  rootField: true,
  DirectiveDefinition: true,
  EnumValueDefinition: true,
  FieldDefinition: true,
  InputValueDefinition: true,
};

export default [
  {
    files: ['**/*.graphql'],
    languageOptions: {
      parser: graphql.parser,
      parserOptions: { graphQLConfig: { schema: 'schema.graphql' } },
    },
    plugins: { '@graphql-eslint': graphql },
    rules: {
      ...graphql.configs['flat/schema-recommended'].rules,
      ...graphql.configs['flat/schema-relay'].rules,
      '@graphql-eslint/require-description': ['error', everything],
      // What has an identity has an id. Answers, errors and settings are values: a cache that took
      // two of them for one thing would be wrong.
      '@graphql-eslint/strict-id-in-types': [
        'error',
        {
          exceptions: {
            suffixes: ['Success', 'Error'],
            types: [
              'AccountDeletionCancelled',
              'AccountDeletionScheduled',
              'AccountEvent',
              'AccountSecured',
              'CookiePasswordChanged',
              'EmailChangeCancelled',
              'EmailChangeHalfConfirmed',
              'EmailChangeRequested',
              'EmailChangeUndone',
              'EmailChanged',
              'OtherSessionsRevoked',
              'PasswordChanged',
              'PasswordResetRequested',
              'Product',
              'ProfileField',
              'ProfileUpdated',
              'ProfileValue',
              'RegistrationAllowed',
              'RegistrationDisowned',
              'RegistrationPending',
              'RegistrationPolicy',
              'ServiceToken',
              'SessionRevoked',
            ],
          },
        },
      ],
      // Lists here are short and belong to their parent (roles, rejected fields): nothing to page.
      '@graphql-eslint/relay-edge-types': [
        'error',
        { withEdgeSuffix: true, shouldImplementNode: true, listTypeCanWrapOnlyEdgeType: false },
      ],
      // Asks for PageInfo also where there is no connection that would use it.
      '@graphql-eslint/relay-page-info': 'off',
    },
  },
];

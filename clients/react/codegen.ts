import { readFile, writeFile } from 'node:fs/promises';

import type { CodegenConfig } from '@graphql-codegen/cli';

/** What the pages of links and other services send, and this package does not. */
const OF_OTHERS = [
  '*_by_link',
  'allow_registration',
  'cancel_account_deletion',
  'disown_registration',
  'get_verification_status',
  'issue_service_token',
  'secure_account',
  'undo_email_change',
];

const config: CodegenConfig = {
  schema: '../../schema.graphql',
  documents: [
    '../operations/*.graphql',
    ...OF_OTHERS.map((name) => `!../operations/${name}.graphql`),
  ],
  // A package's imports name whole files.
  emitLegacyCommonJSImports: false,
  generates: {
    'src/generated/': {
      preset: 'client',
      // A fragment's fields are plain properties, so that `switch` sees each `__typename`.
      presetConfig: { fragmentMasking: false },
      config: {
        // Documents as they are sent: nothing has to print them at run time.
        documentMode: 'string',
        enumsAsTypes: true,
        // ISO 8601, as it comes over the wire.
        scalars: { DateTime: 'string' },
        strictScalars: true,
        useTypeImports: true,
      },
    },
  },
  hooks: { afterOneFileWrite: nameOwnType },
};

/** The one imported type comes from here, so that the package's types need no other package. */
async function nameOwnType(file: string): Promise<void> {
  const code = await readFile(file, 'utf8');
  const own = code.replace("'@graphql-typed-document-node/core'", "'../server/document.js'");
  if (own !== code) await writeFile(file, own);
}

export default config;

import type { CodegenConfig } from '@graphql-codegen/cli';

const config: CodegenConfig = {
  schema: '../../schema.graphql',
  documents: '../operations/*.graphql',
  generates: {
    'src/generated/': {
      preset: 'client',
      // A fragment's fields are plain properties, so that `switch` sees each `__typename`.
      presetConfig: { fragmentMasking: false },
      config: {
        enumsAsTypes: true,
        // ISO 8601, as it comes over the wire.
        scalars: { DateTime: 'string' },
        strictScalars: true,
        useTypeImports: true,
      },
    },
  },
};

export default config;

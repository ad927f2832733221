import type { CodegenConfig } from '@graphql-codegen/cli';

/** The one line that says which SDL the pages are typed against. */
const SCHEMA = '../tests/golden/schema.graphql';

const scalars = { DateTime: 'string', Date: 'string', ID: 'string' };

const config: CodegenConfig = {
  schema: SCHEMA,
  generates: {
    './src/admin/gql/': {
      preset: 'client',
      documents: 'src/admin/**/*.graphql',
      presetConfig: { fragmentMasking: false },
      config: { scalars, enumsAsTypes: true, useTypeImports: true, strictScalars: true },
    },
    // The public pages send plain strings: no GraphQL library rides along to a cheap phone.
    './src/public/gql/': {
      preset: 'client',
      documents: ['src/public/**/*.graphql', '!src/public/work/**'],
      presetConfig: { fragmentMasking: false },
      config: { scalars, enumsAsTypes: true, useTypeImports: true, strictScalars: true, documentMode: 'string' },
    },
    // Work and hire are a bundle of their own: whoever only looks for a market does not load what they ask.
    './src/public/work/gql/': {
      preset: 'client',
      documents: 'src/public/work/**/*.graphql',
      presetConfig: { fragmentMasking: false },
      config: { scalars, enumsAsTypes: true, useTypeImports: true, strictScalars: true, documentMode: 'string' },
    },
  },
};

export default config;

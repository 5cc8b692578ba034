import eslint from '@eslint/js';
import globals from 'globals';
import tseslint from 'typescript-eslint';
import { imports } from './scripts/lint/import-rule.mjs';
import { flows } from './scripts/lint/import-table.mjs';
import * as no from './scripts/lint/restrictions.mjs';

const specs = ['**/*.spec.ts', '**/*-spec.ts', '**/testing/**/*.contract.ts'];
const flowFiles = flows.map((flow) => `apps/sync-api/src/${flow}/**/*.ts`);
const refuse = (...restrictions) => ['error', ...restrictions.flat()];
const size = (max) => ['error', { max, skipBlankLines: true, skipComments: true }];

export default tseslint.config(
  { ignores: ['**/dist/**', '**/node_modules/**', '**/coverage/**', '.tandem/**', 'apps/console/**', '**/sfdx/**'] },
  eslint.configs.recommended,
  {
    files: ['**/*.mjs'],
    languageOptions: { globals: globals.node },
  },
  {
    files: ['{libs,apps,test}/**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { tandem: { rules: { imports } } },
    rules: {
      'tandem/imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-floating-promises': ['error', { ignoreVoid: false }],
      // A Nest module is a class without members; numbers in templates read well; both are the house's way.
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      // These object to ways of writing that have not hurt here.
      '@typescript-eslint/no-confusing-void-expression': 'off',
      '@typescript-eslint/no-base-to-string': 'off',
      '@typescript-eslint/no-misused-spread': 'off',
      '@typescript-eslint/no-dynamic-delete': 'off',
      '@typescript-eslint/no-redundant-type-constituents': 'off',
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/no-unnecessary-type-conversion': 'off',
      '@typescript-eslint/no-unsafe-unary-minus': 'off',
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'no-restricted-syntax': refuse(no.everywhere),
      'no-console': 'error',
      eqeqeq: 'error',
      'max-depth': ['error', 3],
      'max-lines': ['error', { max: 300 }],
      'max-lines-per-function': size(40),
    },
  },
  {
    files: ['libs/domain/src/**/*.ts'],
    ignores: specs,
    rules: {
      'no-restricted-globals': [
        'error',
        'process',
        'Buffer',
        'setTimeout',
        'setInterval',
        'fetch',
        'crypto',
        'performance',
        'globalThis',
      ],
      'no-restricted-syntax': refuse(no.everywhere, no.noTechnologyWords, no.noAmbience, no.noChance, no.noCasts),
    },
  },
  {
    // Branded values are made here: the only places of the domain where text becomes an id, a number money. `given` is
    // the one place that says what the compiler cannot follow.
    files: ['libs/domain/src/{kernel/ids,kernel/instant,kernel/given,money/minor}.ts'],
    rules: { 'no-restricted-syntax': refuse(no.everywhere, no.noTechnologyWords, no.noAmbience, no.noChance) },
  },
  {
    files: ['libs/{messaging,adapters-*}/src/**/*.ts'],
    ignores: specs,
    rules: { 'no-restricted-syntax': refuse(no.everywhere, no.noAmbience) },
  },
  {
    files: flowFiles,
    ignores: specs,
    rules: { 'no-restricted-syntax': refuse(no.everywhere, no.noVendorWords, no.noAmbience, no.noChance, no.noCasts) },
  },
  {
    files: ['apps/sync-api/src/{console,persistence}/**/*.ts'],
    ignores: specs,
    rules: { 'no-restricted-syntax': refuse(no.everywhere, no.noVendorWords, no.noAmbience) },
  },
  {
    files: ['apps/sync-api/src/platform/**/*.ts'],
    ignores: specs,
    rules: { 'no-restricted-syntax': refuse(no.everywhere, no.noVendorWords) },
  },
  {
    files: ['**/main.ts', 'test/demo/**/*.ts', 'test/golden/**/*.ts', 'test/bench/**/*.ts'],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['**/migrations/*.ts'],
    rules: { 'max-lines-per-function': 'off' },
  },
  {
    files: specs,
    rules: {
      'no-restricted-syntax': refuse(no.everywhere, no.inTests),
      'max-lines-per-function': 'off',
      // Answers of a twin are looked at by expectations, which fail where a shape is not as assumed.
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
    },
  },
);

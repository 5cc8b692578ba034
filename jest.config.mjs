const sources = {
  '^@tandem/test/environment$': '<rootDir>/test/support/environment/index.ts',
  '^@tandem/([a-z-]+)/testing$': '<rootDir>/libs/$1/testing/index.ts',
  '^@tandem/(domain|messaging|adapters-[a-z]+)$': '<rootDir>/libs/$1/src/index.ts',
  '^@tandem/(sync-api|vendor-twins)$': '<rootDir>/apps/$1/src/index.ts',
  '^(\\.{1,2}/.*(?<!\\.json))\\.js$': '$1',
};

const shared = {
  rootDir: import.meta.dirname,
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': ['@swc/jest', {}] },
  moduleNameMapper: sources,
  // The package for the org has its own Jest, and a thousand packages of its own.
  modulePathIgnorePatterns: ['/dist/', '<rootDir>/libs/adapters-salesforce/sfdx/'],
};

/** @type {import('jest').Config} */
export default {
  rootDir: import.meta.dirname,
  maxWorkers: 2,
  // For all projects: Jest reads it here only. Generous, for a cold start of the whole application on a busy machine;
  // a time-out says nothing about the code.
  testTimeout: 60_000,
  reporters: ['default', '<rootDir>/scripts/tally-reporter.mjs'],
  projects: [
    {
      ...shared,
      displayName: 'unit',
      testMatch: ['**/*.spec.ts'],
    },
    {
      ...shared,
      displayName: 'integration',
      testMatch: ['**/*.int-spec.ts', '**/*.contract-spec.ts', '**/*.e2e-spec.ts'],
      globalSetup: '<rootDir>/test/support/environment/global-setup.mjs',
      globalTeardown: '<rootDir>/test/support/environment/global-teardown.mjs',
    },
  ],
};

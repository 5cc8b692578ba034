import lwc from '@salesforce/eslint-config-lwc/recommended.js';
import jest from 'eslint-plugin-jest';

export default [
  ...lwc.map((config) => ({ ...config, files: ['force-app/**/*.js'] })),
  {
    files: ['force-app/**/*.js'],
    rules: {
      // The age of what is shown moves every second; the timer ends with the component.
      '@lwc/lwc/no-async-operation': 'off',
    },
  },
  {
    files: ['force-app/**/__tests__/*.js'],
    plugins: { jest },
    languageOptions: { globals: jest.environments.globals.globals },
    rules: jest.configs['flat/recommended'].rules,
  },
];

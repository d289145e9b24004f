import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import vue from 'eslint-plugin-vue';
import tseslint from 'typescript-eslint';

/** The one clock: the time enters only through `src/kernel/clock.ts`. */
const oneClock = {
  'no-restricted-syntax': [
    'error',
    {
      selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']",
      message: 'Take the time from the injected clock.',
    },
    {
      selector: "NewExpression[callee.name='Date'][arguments.length=0]",
      message: 'Take the time from the injected clock.',
    },
    {
      selector: 'CallExpression[callee.name=/^(setTimeout|setInterval)$/]',
      message: 'Wait with the injected clock.',
    },
  ],
};

export default tseslint.config(
  { ignores: ['dist', 'node_modules', '.data', 'src/http/page'] },
  js.configs.recommended,
  ...tseslint.configs.recommendedTypeChecked,
  ...vue.configs['flat/recommended'],
  {
    languageOptions: {
      parserOptions: {
        projectService: {
          allowDefaultProject: [
            '*.js',
            '*.cjs',
            'bin/*.mjs',
            'verifier/*.mjs',
            'verifier/duties/*.mjs',
            'verifier/page/*.mjs',
            'vite.config.ts',
          ],
        },
        extraFileExtensions: ['.vue'],
      },
    },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/require-await': 'off',
      'no-console': ['error', { allow: ['error', 'warn'] }],
      eqeqeq: ['error', 'always'],
    },
  },
  {
    files: ['src/**/*.ts', 'src/**/*.vue'],
    ignores: ['src/kernel/clock.ts', 'src/web/time/clock.ts'],
    rules: oneClock,
  },
  {
    // The kernel keeps no state: the law in force was once module state here, and every room read it unseen.
    files: ['src/kernel/**/*.ts'],
    ignores: ['src/kernel/clock.ts'],
    rules: {
      'no-restricted-syntax': [
        ...oneClock['no-restricted-syntax'],
        {
          selector:
            "Program > :matches(VariableDeclaration, ExportNamedDeclaration > VariableDeclaration)[kind='let']",
          message: 'The kernel keeps no state: hand the value over.',
        },
      ],
    },
  },
  {
    files: ['src/web/**/*.vue'],
    languageOptions: { parserOptions: { parser: tseslint.parser } },
    rules: {
      'vue/block-lang': ['error', { script: { lang: 'ts' } }],
      'vue/no-v-html': 'error',
      'no-undef': 'off',
    },
  },
  {
    // ESLint does not see into .vue files from outside; vue-tsc does (npm run lint:types).
    files: ['src/web/**'],
    rules: {
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  { files: ['src/cli/**', 'bench/**', 'tools/**', 'test/**'], rules: { 'no-console': 'off' } },
  { files: ['test/**/*.ts'], rules: { '@typescript-eslint/no-unused-expressions': 'off' } },
  { files: ['**/*.js', '**/*.cjs', '**/*.mjs'], ...tseslint.configs.disableTypeChecked },
  {
    // Each .vue file is a program of its own to ESLint: rules that ask for types cost seconds a file, a quarter of an hour
    // in all. vue-tsc checks their types.
    files: ['**/*.vue'],
    rules: tseslint.configs.disableTypeChecked.rules,
    languageOptions: {
      parserOptions: {
        ...tseslint.configs.disableTypeChecked.languageOptions.parserOptions,
        parser: tseslint.parser,
      },
    },
  },
  {
    files: ['**/*.cjs'],
    languageOptions: { globals: { module: 'writable', require: 'readonly', process: 'readonly' } },
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
  {
    // Node.js and browsers have it.
    files: ['verifier/**/*.mjs'],
    languageOptions: { globals: { TextDecoder: 'readonly' } },
  },
  {
    files: ['verifier/page/*.mjs'],
    languageOptions: {
      globals: Object.fromEntries(
        ['Blob', 'DOMParser', 'URL', 'Worker', 'addEventListener', 'document', 'print'].map((name) => [
          name,
          'readonly',
        ]),
      ),
    },
  },
  { files: ['bin/*.mjs'], languageOptions: { globals: { process: 'readonly' } } },
  prettier,
);

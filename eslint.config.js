import js from '@eslint/js';
import importX from 'eslint-plugin-import-x';
import tseslint from 'typescript-eslint';

const noBarrels = { selector: 'ExportAllDeclaration', message: 'No barrels.' };

/**
 * The import rule of ARCHITECTURE.md: arrows point inward, core/ and models/ see no clock, no
 * random source, no environment, no input or output and no logger.
 */
const pure = {
  'no-restricted-globals': [
    'error',
    ...['process', 'console', 'setTimeout', 'setInterval', 'fetch', 'performance'].map((name) => ({
      name,
      message: 'core/ and models/ are pure: take what you need as an argument or through a port.',
    })),
  ],
  'no-restricted-properties': [
    'error',
    { object: 'Math', property: 'random', message: 'Randomness is an argument.' },
    { object: 'Date', property: 'now', message: 'Time is an argument.' },
  ],
  'no-restricted-syntax': [
    'error',
    noBarrels,
    {
      selector: "NewExpression[callee.name='Date'][arguments.length=0]",
      message: 'Time is an argument.',
    },
  ],
};

const mayNotImport = (...patterns) => ({
  'no-restricted-imports': [
    'error',
    {
      patterns: [
        { group: ['../../*'], message: 'At most one ../; use a subpath import (#core/…).' },
        ...patterns.map((pattern) => ({
          // A leading # would make the pattern a comment, as in .gitignore.
          ...(pattern instanceof RegExp
            ? { regex: pattern.source }
            : { group: [pattern.replace(/^#/, '\\#')] }),
          message: 'The import rule of ARCHITECTURE.md forbids this direction.',
        })),
      ],
    },
  ],
});

export default tseslint.config(
  { ignores: ['node_modules', 'dist', 'coverage', 'report/**', 'cdk.out/**', '.cache/**'] },
  js.configs.recommended,
  ...tseslint.configs.strict,
  {
    plugins: { 'import-x': importX },
    rules: {
      curly: ['error', 'multi-line'],
      'import-x/no-default-export': 'error',
      'import-x/order': [
        'error',
        {
          groups: ['builtin', 'external', 'internal', 'parent', 'sibling'],
          pathGroups: [{ pattern: '#**', group: 'internal' }],
          pathGroupsExcludedImportTypes: [],
          'newlines-between': 'never',
          alphabetize: { order: 'asc' },
        },
      ],
      'no-restricted-syntax': ['error', noBarrels],
      'max-lines': ['error', { max: 250, skipBlankLines: true, skipComments: true }],
      'max-params': ['error', 4],
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/consistent-type-imports': 'error',
    },
  },
  {
    // Rules that need types. Every file belongs to the tsconfig.json nearest to it.
    files: ['**/*.ts'],
    // No rule reads JSDoc, and not to parse that of aws-cdk-lib saves a fifth of the time.
    languageOptions: { parserOptions: { projectService: true, jsDocParsingMode: 'none' } },
    rules: {
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/no-unnecessary-type-assertion': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
    },
  },
  {
    files: ['models/**/*.ts'],
    rules: {
      ...pure,
      ...mayNotImport(
        '#core/*',
        '#evaluation/*',
        '#html-report/*',
        '#adapters/*',
        '#cli/*',
        '#tasks/*',
        'node:*',
      ),
    },
  },
  {
    files: ['core/**/*.ts'],
    rules: {
      ...pure,
      ...mayNotImport(
        '#evaluation/*',
        '#html-report/*',
        '#adapters/*',
        '#cli/*',
        '#tasks/*',
        'node:*',
        'onnxruntime-node',
        '@duckdb/*',
      ),
    },
  },
  {
    files: ['evaluation/**/*.ts'],
    rules: {
      ...pure,
      ...mayNotImport(
        '#html-report/*',
        '#adapters/*',
        '#cli/*',
        '#tasks/*',
        'node:*',
        'onnxruntime-node',
        '@duckdb/*',
      ),
    },
  },
  {
    files: ['html-report/**/*.ts'],
    rules: mayNotImport('#adapters/*', '#cli/*', '#tasks/*', '#cdk/*', '#functions/*'),
  },
  {
    files: ['adapters/**/*.ts'],
    rules: mayNotImport('#evaluation/*', '#html-report/*', '#cli/*', '#tasks/*'),
  },
  {
    // Threads of the command line and the library run the same tasks, and know neither.
    files: ['tasks/**/*.ts'],
    rules: mayNotImport('#html-report/*', '#cli/*', '#api/*', '#cdk/*', '#functions/*'),
  },
  {
    files: ['api/**/*.ts'],
    rules: mayNotImport('#cli/*', '#cdk/*', '#functions/*'),
  },
  {
    // Of cdk/ the command line sees only the schema and the names that it shares with it.
    files: ['cli/**/*.ts'],
    rules: mayNotImport(
      'onnxruntime-node',
      '@duckdb/*',
      '#cdk/*.ts',
      '#cdk/bundling/*',
      '#cdk/constructs/*',
      '#functions/*',
      'aws-cdk-lib',
      'aws-cdk-lib/*',
    ),
  },
  {
    // Of core/ the deployment sees only the settings, from which its keys come.
    files: ['cdk/**/*.ts'],
    rules: mayNotImport(
      /^#core\/(?!domain\/settings\/)/,
      '#models/*',
      '#evaluation/*',
      '#html-report/*',
      '#adapters/*',
      '#cli/*',
      '#tasks/*',
      '#functions/*',
    ),
  },
  {
    files: ['cdk/configuration/**/*.ts'],
    rules: mayNotImport(
      /^#(?!core\/domain\/settings\/)/,
      'aws-cdk-lib',
      'aws-cdk-lib/*',
      'constructs',
    ),
  },
  {
    // Of cdk/ the functions see only the schema that they share with it.
    files: ['functions/**/*.ts'],
    rules: mayNotImport(
      '#cli/*',
      '#tasks/*',
      '#layers/*',
      '#adapters/local/*',
      '#cdk/*.ts',
      '#cdk/bundling/*',
      '#cdk/constructs/*',
      'aws-cdk-lib',
      'aws-cdk-lib/*',
    ),
  },
  { files: ['layers/**/*.ts'], rules: mayNotImport('#*') },
  { files: ['*.ts', '*.js'], rules: { 'import-x/no-default-export': 'off' } },
);

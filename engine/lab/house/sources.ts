import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** The project's own folder. */
export const root = path.resolve(import.meta.dirname, '../../..');

const NOT_OURS = new Set([
  'node_modules',
  'dist',
  'coverage',
  'test-results',
  'playwright-report',
  'next-env.d.ts',
]);
const HIDDEN_BUT_OURS = new Set(['.ci', '.gitignore', '.npmrc']);

/** Every file people write, relative to the project, in a fixed order. */
export function projectFiles(folder = ''): string[] {
  const entries = readdirSync(path.join(root, folder), { withFileTypes: true });
  return entries
    .filter(({ name }) => !NOT_OURS.has(name) && (!name.startsWith('.') || HIDDEN_BUT_OURS.has(name)))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const file = folder === '' ? entry.name : `${folder}/${entry.name}`;
      return entry.isDirectory() ? projectFiles(file) : [file];
    });
}

/** Files of TypeScript among them. */
export function sourceFiles(): string[] {
  return projectFiles().filter((file) => /\.tsx?$/.test(file));
}

export function read(file: string): string {
  return readFileSync(path.join(root, file), 'utf8');
}

export function isTest(file: string): boolean {
  return /\.(test|test-d|spec)\.tsx?$/.test(file);
}

/** What a file asks for: a package by its name (`next`, `node:fs`), a file of ours by its path in the project. */
export interface Import {
  readonly from: string;
  readonly isPackage: boolean;
}

const IMPORT_FORMS = [
  // import … from 'x', export … from 'x'. The names between are words, braces, stars and commas.
  /^\s*(?:import|export)\s[\w\s{},*$]*?from\s*['"]([^'"]+)['"]/gm,
  // import 'x'
  /^\s*import\s*['"]([^'"]+)['"]/gm,
  // import('x')
  /\bimport\(\s*['"]([^'"]+)['"]\s*\)/g,
  // new URL('./x.ts', import.meta.url): how a worker names its file.
  /\bnew URL\(\s*['"](\.[^'"]+)['"]\s*,\s*import\.meta\.url/g,
];

/** Every import of a file, also those of types: a type brings a floor's words along. */
export function importsOf(file: string): Import[] {
  return importsIn(file, read(file));
}

export function importsIn(file: string, text: string): Import[] {
  const code = withoutComments(text);
  const specifiers = IMPORT_FORMS.flatMap((form) => [...code.matchAll(form)].map((match) => match[1] ?? ''));
  return [...new Set(specifiers)].map((specifier) => resolve(file, specifier));
}

function resolve(file: string, specifier: string): Import {
  if (specifier.startsWith('.')) {
    return { from: path.posix.join(path.posix.dirname(file), specifier), isPackage: false };
  }
  const parts = specifier.split('/');
  const from = specifier.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? specifier);
  return { from, isPackage: true };
}

/** Good enough for our own style: no `//` stands inside a string that this leaves changed in a way we test. */
export function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|[^:'"`])\/\/.*$/gm, '$1');
}

/** Code alone, for rules about what is called: strings say what they like. */
export function codeOf(file: string): string {
  return withoutComments(read(file)).replace(
    /'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`/g,
    "''",
  );
}

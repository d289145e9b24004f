/** A city on the plain base, from an invented law and answers, in a folder of its own and in use until the test ends. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { newPackage, readActs, readAnswers, readLaw } from '../../src/design/package/index.js';
import { usePackage } from '../../src/kernel/package-root.js';

export interface InventedCity {
  readonly folder: string;
  /** Writes a file of the package, JSON unless it is a text. */
  write(path: string, content: unknown): void;
  leave(): void;
}

/**
 * @param text of the law, a line each paragraph
 * @param answers the articles' answers, or those of a whole file
 */
export function inventedCity(text: string, answers: object): InventedCity {
  const files = newPackage(readLaw(text), readActs(), readAnswers(JSON.stringify(answers), 'answers.json'));
  const folder = mkdtempSync(join(tmpdir(), 'invented-city-'));
  const write: InventedCity['write'] = (path, content) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), typeof content === 'string' ? content : JSON.stringify(content));
  };
  for (const [path, content] of files) write(path, content);
  const before = process.env['HOTLINE_PACKAGE'];
  usePackage(folder);
  return {
    folder,
    write,
    leave: () => {
      if (before === undefined) delete process.env['HOTLINE_PACKAGE'];
      else process.env['HOTLINE_PACKAGE'] = before;
      rmSync(folder, { recursive: true });
    },
  };
}

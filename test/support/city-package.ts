/** A copy of the shipped package that a test may change, used until the test ends. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageRoot, usePackage } from '../../src/kernel/package-root.js';

export interface CityPackage {
  readonly folder: string;
  change(file: string, change: (text: string) => string): void;
  changeJson(file: string, change: (content: never) => void): void;
  leave(): void;
}

export function copyOfPackage(): CityPackage {
  const folder = mkdtempSync(join(tmpdir(), 'city-'));
  for (const part of ['regulation', 'processes'])
    cpSync(join(packageRoot, part), join(folder, part), { recursive: true });
  const before = process.env['HOTLINE_PACKAGE'];
  usePackage(folder);
  const change: CityPackage['change'] = (file, to) =>
    writeFileSync(join(folder, file), to(readFileSync(join(folder, file), 'utf8')));
  return {
    folder,
    change,
    changeJson: (file, to) =>
      change(file, (text) => {
        const content = JSON.parse(text) as never;
        to(content);
        return JSON.stringify(content);
      }),
    leave: () => {
      if (before === undefined) delete process.env['HOTLINE_PACKAGE'];
      else process.env['HOTLINE_PACKAGE'] = before;
      rmSync(folder, { recursive: true });
    },
  };
}

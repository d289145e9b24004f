/** A copy of a package that a test may change, used until the test ends; whole, it extends no base. */
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import {
  packageJson,
  packageManifest,
  packageText,
  packageVersions,
} from '../../src/kernel/package-content.js';
import { packageRoot, usePackage } from '../../src/kernel/package-root.js';

export interface CityPackage {
  readonly folder: string;
  change(file: string, change: (text: string) => string): void;
  changeJson(file: string, change: (content: never) => void): void;
  leave(): void;
}

function copyOwn(root: string, folder: string): void {
  for (const part of ['regulation', 'processes'])
    cpSync(join(root, part), join(folder, part), { recursive: true });
}

/** The package with what it has of its base. */
export function copyWhole(root: string, folder: string): void {
  copyOwn(root, folder);
  const { base, key } = packageManifest(root);
  for (const file of readdirSync(base?.folder ?? '', { recursive: true, encoding: 'utf8' })) {
    if (file.endsWith('city.json') || statSync(join(base?.folder ?? '', file)).isDirectory()) continue;
    const paths = file.startsWith('regulation/catalogue/')
      ? packageVersions(root).map((version) => file.replace('catalogue', `catalogue/${version}`))
      : [file];
    for (const path of paths) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      const content = path.endsWith('.json')
        ? JSON.stringify(packageJson(path, root))
        : packageText(path, root);
      writeFileSync(join(folder, path), content);
    }
  }
  writeFileSync(join(folder, 'regulation', 'city.json'), JSON.stringify({ format: 1, key }));
}

/** @param whole false: with only what the city itself has */
export function copyOfPackage({ whole = true } = {}): CityPackage {
  const folder = mkdtempSync(join(tmpdir(), 'city-'));
  (whole ? copyWhole : copyOwn)(packageRoot, folder);
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

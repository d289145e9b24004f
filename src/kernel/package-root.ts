import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join, resolve } from 'node:path';

/** The project's folder: `src/kernel` and `dist/kernel` both lie two levels below it. */
export const packageRoot = join(import.meta.dirname, '..', '..');

/**
 * The folder of the city's package, with `regulation/` and `processes/`: that of `HOTLINE_PACKAGE`,
 * else the shipped one. Worker threads and child programs inherit the setting through the
 * environment.
 */
export const cityPackage = (): string => resolve(process.env['HOTLINE_PACKAGE']?.trim() || packageRoot);

/** Uses the folder that a command names; call before anything of a package is read. */
export function usePackage(folder: string | undefined): void {
  if (folder === undefined) return;
  process.env['HOTLINE_PACKAGE'] = resolve(folder);
}

/**
 * Single files of large packages: the build copies them to dist/assets, and the packages are not needed at run time.
 */
export function assetOf(path: string): string {
  const copied = join(packageRoot, 'dist', 'assets', basename(path));
  return existsSync(copied) ? copied : createRequire(import.meta.url).resolve(path);
}

/** Copied by the build. */
export const assets = {
  font: '@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf',
  fontLicence: '@expo-google-fonts/noto-sans-sc/LICENSE_FONT',
  viewer: 'swagger-ui-dist/swagger-ui-bundle.js',
  viewerStyle: 'swagger-ui-dist/swagger-ui.css',
} as const;

/** Last step of `npm run build`: copies single files of large packages and records the fingerprint of the sources. */
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { assets, packageRoot } from '../src/kernel/package-root.js';
import { fingerprintFile, fingerprintOfSources } from './sources.js';

const folder = join(packageRoot, 'dist', 'assets');
mkdirSync(folder, { recursive: true });
const resolve = createRequire(import.meta.url).resolve;
for (const path of Object.values(assets)) copyFileSync(resolve(path), join(folder, basename(path)));
writeFileSync(fingerprintFile, fingerprintOfSources());

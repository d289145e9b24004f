/**
 * Builds after `npm ci`. Not for `npx hotline`, which would rebuild beneath a running server; not without the build
 * tools; not for `npm pack`, whose `prepack` has built already.
 */
import { execSync } from 'node:child_process';
import console from 'node:console';
import { createRequire } from 'node:module';
import process from 'node:process';

const has = (tool) => {
  try {
    return createRequire(import.meta.url).resolve(tool) !== '';
  } catch {
    return false;
  }
};

if (['exec', 'pack', 'publish'].includes(process.env['npm_command'])) process.exit();
if (['typescript', 'vite', 'tsx'].every(has)) execSync('npm run --silent build', { stdio: 'inherit' });
else console.error('没有安装开发工具，不编译：dist/ 须另行放入，或者执行 npm ci（不带 --omit=dev）。');

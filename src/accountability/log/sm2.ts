import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** Loaded on first use: the library loads more slowly than the rest of this module. */
export const sm2Library = (): typeof import('sm-crypto-v2').sm2 =>
  (require('sm-crypto-v2') as typeof import('sm-crypto-v2')).sm2;

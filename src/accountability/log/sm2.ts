import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** The library of SM2, loaded where a city uses it: it takes longer to load than the rest of this module. */
export const sm2Library = (): typeof import('sm-crypto-v2').sm2 =>
  (require('sm-crypto-v2') as typeof import('sm-crypto-v2')).sm2;

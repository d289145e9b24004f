/** The last step of `npm run build`. */
import { writeFileSync } from 'node:fs';
import { fingerprintFile, fingerprintOfSources } from './sources.js';

writeFileSync(fingerprintFile, fingerprintOfSources());

import { join } from 'node:path';

/** The project's folder: `src/kernel` and `dist/kernel` both lie two levels below it. */
export const packageRoot = join(import.meta.dirname, '..', '..');

/** Must be the first import: zod's probing of `new Function` violates the content security policy. */
import { config } from 'zod';

config({ jitless: true });

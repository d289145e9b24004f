/** The first import of what loads zod: its probing of `new Function` violates the content security policy. */
import { config } from 'zod';

config({ jitless: true });

/**
 * Must be imported before anything that loads zod: zod's probing with `new Function` violates the
 * content security policy.
 */
import { config } from 'zod';

config({ jitless: true });

/** First of all imports: zod must not try `new Function`, which the security policy reports. */
import { config } from 'zod';

config({ jitless: true });

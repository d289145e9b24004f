import type { RequestHandler } from 'express';
import helmet from 'helmet';

/**
 * Everything is loaded from the program itself, and nothing runs inline. The API documentation's
 * style sheet and the map's buttons need `data:` images, the designer's icons `data:` fonts. The
 * proxy enforces HTTPS.
 *
 * @param tiles origin of the map's background, the only other server a page may ask
 */
export const securityHeaders = (tiles: readonly string[]): RequestHandler =>
  helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        workerSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:', ...tiles],
        mediaSrc: ["'self'"],
        fontSrc: ["'self'"],
        connectSrc: ["'self'", ...tiles],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
    strictTransportSecurity: false,
    xFrameOptions: { action: 'deny' },
  });

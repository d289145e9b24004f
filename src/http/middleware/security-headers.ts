import type { RequestHandler } from 'express';
import helmet from 'helmet';

/**
 * Everything is loaded from the program itself, nothing runs inline. `data:` images are needed by the API
 * documentation's style sheet and the map's buttons, fonts by the designer's icons. HTTPS is enforced by the proxy.
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

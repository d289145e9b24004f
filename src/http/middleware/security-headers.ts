import type { RequestHandler } from 'express';
import helmet from 'helmet';

/**
 * Everything comes from the program itself and nothing runs inline. `data:` pictures are those of the document
 * viewer's style sheet, fonts the designer's pictures of elements. Plain HTTP on the local address: what would force HTTPS is the proxy's to say.
 */
export const securityHeaders: RequestHandler = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      imgSrc: ["'self'", 'data:'],
      fontSrc: ["'self'"],
      connectSrc: ["'self'"],
      formAction: ["'self'"],
      baseUri: ["'none'"],
      frameAncestors: ["'none'"],
    },
  },
  strictTransportSecurity: false,
  xFrameOptions: { action: 'deny' },
});

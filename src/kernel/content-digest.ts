import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';

/** SHA-256 of the content as canonical JSON (RFC 8785), hexadecimal: whoever has the JSON makes it anew. */
export const contentDigest = (content: unknown): string =>
  createHash('sha256')
    .update(canonicalize(content) ?? '')
    .digest('hex');

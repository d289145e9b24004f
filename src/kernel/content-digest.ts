import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';

/** SHA-256 of the content as canonical JSON (RFC 8785), hexadecimal; anybody with the JSON can recompute it. */
export const contentDigest = (content: unknown): string =>
  createHash('sha256')
    .update(canonicalize(content) ?? '')
    .digest('hex');

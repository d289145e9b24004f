/** A message's bytes as JSON: JSON itself, or the fields of a form. */
import type { Json } from '../kernel/index.js';

export type Parsed = { readonly message: Json } | { readonly problem: string };

/** Deeper than any message; bounds the expressions' recursion. */
const deepest = 32;

export function parseBody(body: Buffer, contentType: string): Parsed {
  const text = decoded(body, contentType);
  if (text === undefined) return { problem: '正文的编码认不出来' };
  if (/^application\/x-www-form-urlencoded\b/i.test(contentType)) {
    return { message: Object.fromEntries(new URLSearchParams(text)) };
  }
  try {
    const message = JSON.parse(text.replace(/^\uFEFF/, '')) as Json;
    return depthOf(message) > deepest ? { problem: `正文嵌套超过 ${deepest} 层` } : { message };
  } catch {
    return { problem: '正文不是 JSON,也不是表单' };
  }
}

function decoded(body: Buffer, contentType: string): string | undefined {
  const charset = /charset\s*=\s*"?([^";\s]*)/i.exec(contentType)?.[1] || 'utf-8';
  try {
    return new TextDecoder(charset, { fatal: true }).decode(body);
  } catch {
    return undefined;
  }
}

function depthOf(value: Json, depth = 0): number {
  if (typeof value !== 'object' || value === null || depth > deepest) return depth;
  return Object.values(value).reduce<number>(
    (most, one) => Math.max(most, depthOf(one, depth + 1)),
    depth + 1,
  );
}

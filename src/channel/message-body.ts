/** Parses a message's bytes as JSON: either JSON itself, or the fields of a form with files in Base64. */
import type { Json } from '../kernel/index.js';

export type Parsed = { readonly message: Json } | { readonly problem: string };

/** Levels of nesting; no real message is deeper. This bounds the expressions' recursion. */
const deepest = 32;

export async function parseBody(body: Buffer, contentType: string): Promise<Parsed> {
  if (/^multipart\/form-data\b/i.test(contentType)) return parseParts(body, contentType);
  const text = decoded(body, contentType);
  if (text === undefined) return { problem: '正文的编码认不出来' };
  if (/^application\/x-www-form-urlencoded\b/i.test(contentType)) {
    return { message: Object.fromEntries(new URLSearchParams(text)) };
  }
  try {
    const message = JSON.parse(text.replace(/^\uFEFF/, '')) as Json;
    return depthOf(message) > deepest ? { problem: `正文嵌套超过 ${deepest} 层` } : { message };
  } catch {
    return { problem: '正文不是 JSON，也不是表单' };
  }
}

/** A field that is sent several times becomes a list. Files always are lists of `{ name, content }`. */
async function parseParts(body: Buffer, contentType: string): Promise<Parsed> {
  const sent = new Response(new Uint8Array(body), { headers: { 'content-type': contentType } });
  const data = await sent.formData().catch(() => undefined);
  if (!data) return { problem: '正文不是完好的 multipart/form-data' };
  const fields = new Map<string, Json[]>();
  for (const [field, value] of data.entries()) {
    const one =
      typeof value === 'string'
        ? value
        : { name: value.name, content: Buffer.from(await value.arrayBuffer()).toString('base64') };
    fields.set(field, [...(fields.get(field) ?? []), one]);
  }
  const message = [...fields].map(([field, values]): [string, Json] => {
    const [first = null] = values;
    return [field, values.length > 1 || typeof first === 'object' ? values : first];
  });
  return { message: Object.fromEntries(message) };
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

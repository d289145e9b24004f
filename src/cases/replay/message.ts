/** A line of a replay file: a message with the instants of receipt and reply. */
import { z } from 'zod';
import { createHash } from 'node:crypto';

const instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text));

const messageSchema = z
  .object({
    no: z.union([z.string().trim().min(1).max(100), z.number().int().transform(String)]),
    citizen: z.string().max(200).nullish(),
    title: z.string().max(2_000),
    text: z.string().max(100_000),
    receivedAt: instant,
    repliedAt: instant,
    reply: z.string().max(100_000).nullish(),
  })
  // The comparison is negated, so that an unparsable time is not also reported as too early.
  .refine((message) => !(message.repliedAt < message.receivedAt), {
    message: '答复时间 repliedAt 早于收到时间 receivedAt',
  });

export type Message = z.infer<typeof messageSchema>;

export type ParsedLine =
  | { readonly ok: true; readonly message: Message; readonly digest: string }
  | { readonly ok: false; readonly reason: string };

const decoder = new TextDecoder('utf-8', { fatal: true });

/** `digest` identifies the content, so that a message replayed twice is the same case. */
export function parseLine(bytes: Uint8Array): ParsedLine {
  let text: string;
  try {
    text = decoder.decode(bytes);
  } catch {
    return { ok: false, reason: '不是 UTF-8 编码' };
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { ok: false, reason: '不是合法的 JSON' };
  }
  const result = messageSchema.safeParse(value);
  if (!result.success) {
    const findings = result.error.issues.map((issue) =>
      issue.path.length > 0 ? `${issue.path.join('.')}：${issue.message}` : issue.message,
    );
    return { ok: false, reason: findings.join('；') };
  }
  const { no, citizen, title, receivedAt, repliedAt, reply } = result.data;
  const identity = [
    no,
    citizen ?? '',
    title,
    result.data.text,
    receivedAt.toISOString(),
    repliedAt.toISOString(),
    reply ?? '',
  ];
  return {
    ok: true,
    message: result.data,
    digest: createHash('sha256').update(JSON.stringify(identity)).digest('hex').slice(0, 16),
  };
}

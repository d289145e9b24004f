import { Refusal } from '../../kernel/index.js';

/**
 * Parses a recipient: `unit:某水务局`, `role:supervisor` or `person:张三`.
 *
 * @throws {Refusal} `input.invalid`
 */
export function parseRecipient(text: string): string {
  const recipient = text.trim();
  if (/^(unit|role|person):\S/u.test(recipient) && recipient.length <= 120) return recipient;
  throw new Refusal('input.invalid', `收件者“${recipient.slice(0, 60)}”的写法不对`, {
    where: 'recipient',
    remedy: '写成 unit：单位名、role：岗位代码或者 person：姓名，至多 120 字',
  });
}

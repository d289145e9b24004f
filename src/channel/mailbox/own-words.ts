/** Extracts a reply's own words, without the mail that it quotes. */

/** Lines with which mail programs begin a quotation that runs to the end. */
const openings: readonly RegExp[] = [
  /^[\s>*-]*(原始邮件|回复的原邮件|原邮件|original message|message d'origine|ursprüngliche nachricht|исходное сообщение)[\s:*-]*$/iu,
  /^_{10,}$/u,
  /^.{0,200}(写道|寫道|wrote|a écrit|schrieb|написала?|пишет)[^\p{L}]{0,60}$/iu,
];
/** The header of the quoted mail, which some mail programs put above the text. */
const header = /^\s*\*?(发件人|寄件者|from|von|de|от)\s*[:\uff1a]/iu;
const nextOfHeader =
  /^\s*\*?(发送时间|日期|收件人|主题|sent|date|to|subject|gesendet|an|envoyé|отправлено)\s*[:\uff1a]/iu;

/** Returns the whole text if nothing else would be left. */
export function ownWords(text: string): string {
  const lines = text.split(/\r?\n/);
  const end = lines.findIndex(
    (line, at) =>
      openings.some((opening) => opening.test(line)) ||
      (header.test(line) && nextOfHeader.test(lines[at + 1] ?? '')) ||
      // Matches "On … <…>" and "wrote:" on two lines.
      (/^(on|am|le)\s/iu.test(line) && /^(wrote|schrieb|a écrit)\s*:\s*$/iu.test(lines[at + 1] ?? '')),
  );
  const own = end < 0 ? lines : lines.slice(0, end);
  while (own.length > 0 && /^\s*(>.*)?$/u.test(own.at(-1) ?? '')) own.pop();
  return own.join('\n').trim() || text.trim();
}

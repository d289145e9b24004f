/**
 * A text that spreadsheets would take for a formula gets an apostrophe in front, as they themselves write it: what
 * somebody entered in a form must not run on the auditor's machine.
 */
export const safeCell = (text: string): string => (/^[=+\-@\t\r\n＝＋－＠]/.test(text) ? `'${text}` : text);

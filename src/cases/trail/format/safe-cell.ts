/**
 * Prefixes texts that a spreadsheet would take for a formula with an apostrophe: a text entered in a form must not run
 * on the auditor's machine.
 */
export const safeCell = (text: string): string => (/^[=+\-@\t\r\n＝＋－＠]/.test(text) ? `'${text}` : text);

/** Checks a caller's receipt. @throws the reason of a refusal */
export function verifyReceipt(
  file: Uint8Array,
  given?: { readonly policy?: string; readonly words?: string; readonly no?: string },
): {
  readonly facts: readonly string[];
  readonly findings: readonly { readonly attack: string; readonly message: string }[];
};

/**
 * What must not be readable in the database is put there closed up: under a key that is not in it, and bound to the
 * place where it lies. A port: `src/identity/vault.ts` is what stands behind it.
 */
export interface Vault {
  /** @param belongsTo where the text lies, for example `caller 20261124-000001 contact`; needed again to open it */
  seal(text: string, belongsTo: string): Buffer;
  /** @throws {Refusal} `vault.locked` where the key is missing, or the box is damaged or another's */
  open(box: Buffer, belongsTo: string): string;
  /** Equal for equal texts, and tells nothing of them without the key: 32 bytes. */
  match(text: string): Buffer;
  /** What a box made with the current key begins with. */
  readonly current: Buffer;
}

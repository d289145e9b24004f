/**
 * Encryption for the database: the key is not in it, and each text is bound to its place. Port of
 * `src/identity/vault.ts`.
 */
export interface Vault {
  /** @param belongsTo the text's place, for example `caller 20261124-000001 contact`; required to open it */
  seal(text: string, belongsTo: string): Buffer;
  /** @throws {Refusal} `vault.locked`: the key is missing, or the box is damaged or belongs elsewhere */
  open(box: Buffer, belongsTo: string): string;
  /** A keyed hash of 32 bytes: equal texts have equal hashes. */
  match(text: string): Buffer;
  /** Prefix of boxes made with the current key. */
  readonly current: Buffer;
}

/** @returns 32 bytes */
export function sm3(...parts: readonly Uint8Array[]): Uint8Array;

/** Never throws. @param key x and y @param signature r and s, 32 bytes each */
export function verifySm2(
  message: Uint8Array,
  key: Uint8Array,
  signature: Uint8Array,
  identity?: Uint8Array,
): boolean;

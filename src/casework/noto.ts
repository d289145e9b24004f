import { createRequire } from 'node:module';

/** Noto Sans SC (OFL); PDFs embed the glyphs used. */
export const notoSansSc = createRequire(import.meta.url).resolve(
  '@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf',
);

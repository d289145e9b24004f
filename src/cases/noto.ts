import { assetOf, assets } from '../kernel/package-root.js';

/** Noto Sans SC (OFL); PDFs embed the glyphs used. */
export const notoSansSc = assetOf(assets.font);

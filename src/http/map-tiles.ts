/** The city's own background for maps. Without it maps show the loaded boundaries only: nobody outside is ever asked. */
import { Refusal } from '../kernel/index.js';

export interface MapTiles {
  /** With `{z}`, `{x}` and `{y}` (Web Mercator); WGS-84 or CGCS2000, never GCJ-02. */
  readonly url: string;
  /** Shown on the map: whose it is. */
  readonly attribution: string;
}

/**
 * @param url of `HOTLINE_MAP_TILES`
 * @param attribution of `HOTLINE_MAP_ATTRIBUTION`
 * @throws {Refusal} `usage.invalid` for an address that no browser could use
 */
export function mapTilesOf(url: string | undefined, attribution: string | undefined): MapTiles | undefined {
  const template = url?.trim();
  if (!template) return undefined;
  const whole = ['{z}', '{x}', '{y}'].every((part) => template.includes(part));
  if (!whole || !/^https?:\/\/[^{}/]+\//.test(template) || !URL.canParse(template)) {
    throw new Refusal('usage.invalid', `HOTLINE_MAP_TILES“${template}”不能用作地图的图源`, {
      remedy: '写成市里自己的图源的网址,含 {z}、{x}、{y},例如 https://tiles.example.gov.cn/{z}/{x}/{y}.png',
    });
  }
  return { url: template, attribution: attribution?.trim() ?? '' };
}

/** Where browsers get the tiles from, for the security policy. */
export const tilesOrigin = ({ url }: MapTiles): string => new URL(url).origin;

/**
 * The city's own background for maps. Without it maps show only the loaded boundaries: no outside
 * server is ever asked.
 */
import { Refusal } from '../kernel/index.js';

export interface MapTiles {
  /** URL with `{z}`, `{x}` and `{y}` (Web Mercator); WGS-84 or CGCS2000, never GCJ-02. */
  readonly url: string;
  /** Owner of the tiles, shown on the map. */
  readonly attribution: string;
}

/**
 * @param url of `HOTLINE_MAP_TILES`
 * @param attribution of `HOTLINE_MAP_ATTRIBUTION`
 * @throws {Refusal} `usage.invalid` for a URL that no browser could use
 */
export function mapTilesOf(url: string | undefined, attribution: string | undefined): MapTiles | undefined {
  const template = url?.trim();
  if (!template) return undefined;
  const whole = ['{z}', '{x}', '{y}'].every((part) => template.includes(part));
  if (!whole || !/^https?:\/\/[^{}/]+\//.test(template) || !URL.canParse(template)) {
    throw new Refusal('usage.invalid', `HOTLINE_MAP_TILES“${template}”不能用作地图的图源`, {
      remedy: '写成市里自己的图源的网址，含 {z}、{x}、{y}，例如 https://tiles.example.gov.cn/{z}/{x}/{y}.png',
    });
  }
  return { url: template, attribution: attribution?.trim() ?? '' };
}

/** Origin of the tiles, for the content security policy. */
export const tilesOrigin = ({ url }: MapTiles): string => new URL(url).origin;

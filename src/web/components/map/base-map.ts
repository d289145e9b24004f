/**
 * The map itself, by MapLibre. It loads only from this program and, if configured, from the city's
 * own tile server. Labels are elements of the page, so that no font is fetched.
 */
import 'maplibre-gl/dist/maplibre-gl.css';
import {
  Map as MapLibre,
  Marker,
  NavigationControl,
  ScaleControl,
  setWorkerUrl,
  type LngLatBoundsLike,
  type StyleSpecification,
} from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url';
import type { Output } from '../../api/client.js';
import { colourOf } from '../../session/theme.js';
import { words } from './words.js';

export type Base = Output<'readDistrictMap'>;
/** WGS-84. */
export interface LonLat {
  readonly longitude: number;
  readonly latitude: number;
}

setWorkerUrl(workerUrl);

const streetLevel = 15;

/** @throws {Error} if the browser has no WebGL */
export function openMap(element: HTMLElement, base: Base, at: LonLat | null): MapLibre {
  const map = new MapLibre({
    container: element,
    style: styleOf(base),
    locale: words,
    attributionControl: { compact: false, customAttribution: base.tiles?.attribution ?? '' },
    // Rotating and tilting do not help to find a street.
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    maxZoom: 19,
    fadeDuration: 0,
    ...(at && base.tiles
      ? { center: [at.longitude, at.latitude], zoom: streetLevel }
      : { bounds: boundsOf(base, at), fitBoundsOptions: { padding: 12 } }),
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.addControl(new NavigationControl({ showCompass: false }));
  map.addControl(new ScaleControl());
  for (const { name, rings } of base.boundaries ?? []) nameDistrict(map, name, rings);
  return map;
}

/** In the colours of the present theme, at once: a page that is printed waits for no frame. */
export const recolour = (map: MapLibre, base: Base): MapLibre => map.setStyle(styleOf(base)).redraw();

/** Places an element of the page on the map. */
export const put = (map: MapLibre, element: HTMLElement, at: LonLat): Marker =>
  new Marker({ element }).setLngLat([at.longitude, at.latitude]).addTo(map);

function styleOf({ boundaries, tiles }: Base): StyleSpecification {
  return {
    version: 8,
    sources: {
      districts: {
        type: 'geojson',
        data: {
          type: 'FeatureCollection',
          features: (boundaries ?? []).map(({ name, rings }) => ({
            type: 'Feature',
            properties: { name },
            geometry: { type: 'MultiPolygon', coordinates: rings.map((ring) => [ring]) },
          })),
        },
      },
      ...(tiles && { tiles: { type: 'raster', tiles: [tiles.url], tileSize: 256 } }),
    },
    layers: [
      { id: 'ground', type: 'background', paint: { 'background-color': colourOf('ground') } },
      ...(tiles ? [{ id: 'tiles', type: 'raster', source: 'tiles' } as const] : []),
      ...(tiles
        ? []
        : [
            {
              id: 'land',
              type: 'fill',
              source: 'districts',
              paint: { 'fill-color': colourOf('surface') },
            } as const,
          ]),
      {
        id: 'borders',
        type: 'line',
        source: 'districts',
        paint: { 'line-color': colourOf('ink-soft'), 'line-width': 1.2 },
      },
    ],
  };
}

function nameDistrict(
  map: MapLibre,
  name: string,
  rings: readonly (readonly (readonly [number, number])[])[],
): void {
  const label = document.createElement('span');
  label.className = 'district-name';
  label.textContent = name;
  const [west, south, east, north] = extentOf(rings.flat());
  put(map, label, { longitude: (west + east) / 2, latitude: (south + north) / 2 });
}

function boundsOf({ boundaries }: Base, at: LonLat | null): LngLatBoundsLike {
  const points = (boundaries ?? []).flatMap(({ rings }) => rings.flat());
  const [west, south, east, north] = extentOf(at ? [...points, [at.longitude, at.latitude]] : points);
  return [
    [west, south],
    [east, north],
  ];
}

const extentOf = (
  points: readonly (readonly [number, number])[],
): readonly [number, number, number, number] =>
  points.reduce<readonly [number, number, number, number]>(
    ([west, south, east, north], [longitude, latitude]) => [
      Math.min(west, longitude),
      Math.min(south, latitude),
      Math.max(east, longitude),
      Math.max(north, latitude),
    ],
    [180, 90, -180, -90],
  );

/** Data that the page's document contains: the program's base path and its city. */
const told = (name: string): string =>
  document.querySelector<HTMLMetaElement>(`meta[name="${name}"]`)?.content ?? '';

/** The path before all of the program's URLs; empty at the root of its host. */
export const basePath = told('base-path');

/** The city's name before the hotline's name, if one installation serves several cities: 潍坊. Otherwise empty. */
export const cityName = told('city').replace(/市$/, '');

/** @param path from the program's root, for example `/api/…` or `/query` */
export const ours = (path: string): string => `${basePath}${path}`;

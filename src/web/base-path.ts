/** Where the program is, and whose: what its document says. */
const told = (name: string): string =>
  document.querySelector<HTMLMetaElement>(`meta[name="${name}"]`)?.content ?? '';

/** The path before all of its addresses, empty at the root of its host. */
export const basePath = told('base-path');

/** Where one installation serves several cities, before what it calls the hotline: 潍坊. Empty where there is only one. */
export const cityName = told('city').replace(/市$/, '');

/** @param path from the program's root: `/api/…`, `/query` */
export const ours = (path: string): string => `${basePath}${path}`;

/** Where the program is: the path before all of its addresses, empty at the root of its host. */
export const basePath = document.querySelector<HTMLMetaElement>('meta[name="base-path"]')?.content ?? '';

/** @param path from the program's root: `/api/…`, `/query` */
export const ours = (path: string): string => `${basePath}${path}`;

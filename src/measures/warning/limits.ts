/** Most sheets listed per warning; all are counted. */
export const mostBehind = 200;

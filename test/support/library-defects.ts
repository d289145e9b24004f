export const libraryDefects = {} as const;
export type DefectId = string;

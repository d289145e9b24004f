/** Several cities in one installation, each with its own program (docs/decisions/platform.md). */
export { readCities } from './cities-file.js';
export { createCityProgram } from './city-program.js';
export type { City } from './city.js';

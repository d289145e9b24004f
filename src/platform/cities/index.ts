/** Several cities in one installation: a program for each (docs/decisions/platform.md). */
export { readCities } from './cities-file.js';
export { createCityProgram } from './city-program.js';

/** Several cities in one installation: a program for each (docs/decisions/0070-several-cities.md). */
export { readCities } from './cities-file.js';
export type { City } from './city.js';
export { createCityProgram, type CityProgram } from './city-program.js';

/** Several cities in one installation: a program for each (docs/decisions/0070-several-cities.md). */
export { readCities, type City } from './cities-file.js';
export { createCityProgram, type CityProgram } from './city-program.js';

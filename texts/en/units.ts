/** Symbols of units, as they stand behind a number. @module */

export const second = "s";
export const minute = "min";
export const hour = "h";
export const day = "d";
export const millisecond = "ms";

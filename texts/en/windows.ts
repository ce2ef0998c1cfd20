/** Names of the windows of time. @module */

export const minutes5 = "5 min";
export const hour1 = "1 h";
export const hours6 = "6 h";
export const hours24 = "24 h";
export const days7 = "7 d";
export const days30 = "30 d";
export const year1 = "1 year";

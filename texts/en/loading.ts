/** What is said when a script that is loaded on demand does not come. @module */

export const didNotLoad = "This did not load. Please reload the page.";

/** What was measured of Vitals: what, against what, and what the ratio says. @module */

export const handOver = "Accepted to handed to 1,000 sockets, p99";
export const fanOut = "A frame received by 1,000 peers, p99";
export const valueSize = "A value on disk, all tiers";
export const monthQuery = "30 days at 500 points, p50";
export const writing = "Values written a second, rolled up";
export const kills = "Kills of a server under load, after which nothing acknowledged was lost";
export const bareBroadcast = "bare broadcast";
export const rowsAndIndex = "rows and an index";
export const timesBareLoop = "times a bare loop";
export const timesSmaller = "times smaller";
export const timesFaster = "times faster";
export const timesAsMany = "times as many";
export const bytes = "bytes";
export const killsUnit = "kills";

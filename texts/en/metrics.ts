/** The built-in metrics: the caption on a card, and the name inside a sentence. @module */

export const cpuLabel = "CPU";
export const cpuName = "CPU";
export const memoryLabel = "Memory";
export const memoryName = "memory";
export const latencyLabel = "Latency";
export const latencyName = "latency";
export const errorRateLabel = "Errors";
export const errorRateName = "error rate";
export const durationLabel = "Duration";
export const durationName = "duration";

/** Faults of simulated services: the name in a menu, and what happens, to complete "the service …". @module */

export const faultWords = {
  "cpu-spike": { label: "CPU spike", what: "takes most of its CPU" },
  "memory-leak": { label: "Memory leak", what: "takes more and more memory" },
  "high-latency": { label: "High latency", what: "answers slowly" },
  "error-burst": { label: "Error burst", what: "fails requests" },
  "outage": { label: "Outage", what: "sends no heartbeats" },
  "crash": { label: "Crash", what: "dies and is started again" },
  "flapping": { label: "Flapping", what: "is bad and good in turns" },
  "clock-skew": { label: "Clock skew", what: "dates its samples wrongly" },
  "slow-network": { label: "Slow network", what: "is heard of late" },
} as const;

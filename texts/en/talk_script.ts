/** The talk: name, title and notes of each slide, in order. @module */

export const script = [
  {
    name: "Problem",
    title: "A dead service sends no bad numbers",
    notes: [
      "Ask: what does the last sample of a dead service look like? Like any other. It was fine.",
      "A monitor that looks at values alone shows the last green number for ever.",
      "Three promises: silence is never recovery; every alert explains itself; one outage is one message.",
      "Vitals is one process, started by one command, and it runs on this machine right now.",
    ],
  },
  {
    name: "Architecture",
    title: "One process, one writer, one pure function",
    notes: [
      "Follow the dot: worker, collector, step(), hub, browser. Data flows one way.",
      "Only the collector changes state, in one turn of the event loop. So there are no locks and no races.",
      "The rules are one pure function. It is given the time, and it returns when to be asked again.",
      "Disk and messages hang off the side: what is told was written first; live updates wait for neither.",
    ],
  },
  {
    name: "How a sample travels",
    title: "From a worker to a pixel in twelve steps",
    notes: [
      "Left to right, then the second row: a worker without permissions, our one thread, the browser.",
      "Step 4 is the decision, step 6 the deadline. Remember step 6 for the next slide.",
      "Step 8 notes it for the disk, and the live path does not wait for that. The 202 of a push does.",
      "A frame is written out once for all peers. A slow one is left out, and gets one snapshot later.",
    ],
  },
  {
    name: "Implementation",
    title: "How Vitals decides that a service is DOWN",
    notes: [
      "A sign of life arrives; its time is taken by our clock. step() returns: ask me again five seconds later.",
      "If that instant comes first, SERVICE_DOWN fires at once. A critical missing heartbeat is DOWN.",
      "Bad numbers alone never make DOWN, only DEGRADED. Read the code aloud: it is the whole rule.",
      "Only a heartbeat ends it. No timer, no restart and no repeat of an old sample does.",
    ],
  },
  {
    name: "Live demo",
    title: "Monday morning, live",
    notes: [
      "Press s: the scenario monday-morning begins on the dashboard that you see. It is the real one.",
      "Point at the verdict, then at the worst card, which moves to the front.",
      "Open Why? of the first alert: the rule in words, the samples, the limit, and who was told.",
      "A click into the dashboard is fine: s, the numbers, Page Down and Page Up still work, Escape gives the keys back.",
      "If nothing starts: say so, go on with the simulated services, they have troubles of their own.",
    ],
  },
  {
    name: "Reliability and what we measured",
    title: "Reliability is what is left after kill -9",
    notes: [
      "A server under load, kill -9 at a random moment, two hundred times. What got its 202 is there afterwards.",
      "Each figure stands beside a baseline from the same run: milliseconds of one machine mean nothing elsewhere.",
      "A value takes two bytes on disk instead of forty-three, and thirty days are read in a millisecond.",
      "Say what it does not do: no cluster, one machine, and SQLite is the ceiling.",
    ],
  },
  {
    name: "Lessons",
    title: "What we would do again, and what surprised us",
    notes: [
      "If there is one thing to take home: let the pure function return its own deadline.",
      "Show the command. A stranger has four living services within seconds.",
      "Thank you. Questions. For questions about the dashboard press 5.",
    ],
  },
] as const;

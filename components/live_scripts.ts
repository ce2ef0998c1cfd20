/**
 * What the scripts of live pages share, as one script: esbuild makes one of each set of modules that some of them
 * need and others do not, and each costs a request and begins gzip anew. All islands of live pages, and what they
 * load later, import this list, so that they need the same.
 *
 * @module
 */

import "./AlertRow.tsx";
import "./Faults.tsx";
import "./LiveRegions.tsx";
import "./PageStatus.tsx";
import "./StaleNote.tsx";
import "./use_live.ts";

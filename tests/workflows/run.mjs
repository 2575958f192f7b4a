// Runs the checks of the workflows and of the action, and prints a line for each and the totals.
//
//     node run.mjs              everything
//     node run.mjs install      install.test.mjs alone
//
// The binary is target/debug/dateline, or what DATELINE_BIN names. Nothing is asked of any host but 127.0.0.1.

import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { run } from "node:test";
import { spec } from "node:test/reporters";
import { DATELINE } from "./places.mjs";

const known = (await readdir(import.meta.dirname)).filter((name) => name.endsWith(".test.mjs")).sort();
const asked = process.argv.slice(2).map((name) => `${name}.test.mjs`);
const unknown = asked.filter((name) => !known.includes(name));
if (unknown.length) stop(`there is no ${unknown.join(", ")}; there are ${known.join(", ")}`);
if (!existsSync(DATELINE)) stop(`${DATELINE} is not there: run cargo build, or name the binary in DATELINE_BIN`);

const files = (asked.length ? asked : known).map((name) => join(import.meta.dirname, name));
const counts = { passed: 0, failed: 0, skipped: 0 };
const stream = run({ files, concurrency: true, timeout: 5 * 60_000 });
// A file is a test too, of which nobody wants to know but when it fails outside of its own tests.
const isFile = (test) => test.nesting === 0 && files.includes(test.name);
stream.on("test:pass", (test) => {
    if (!isFile(test) && test.details.type !== "suite") counts[test.skip !== undefined ? "skipped" : "passed"] += 1;
});
stream.on("test:fail", (test) => {
    if (test.details.type !== "suite") counts.failed += 1;
});
const shown = stream.compose(new spec());
shown.pipe(process.stdout);
shown.on("end", () => {
    // scripts/test reads this line.
    console.log(`workflows: ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
    process.exitCode = counts.failed || !counts.passed ? 1 : 0;
});

function stop(why) {
    console.error(`workflows: ${why}`);
    process.exit(2);
}

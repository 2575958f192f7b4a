// Runs the checks of the pages: builds the sites, opens one browser, and prints a line for each check and the totals.
//
//     node run.mjs                      everything
//     node run.mjs layout axe           these checks alone
//     node run.mjs layout --site rtl    on this site alone
//     node run.mjs preview --case focus the cases of the preview with this in their name
//     node run.mjs crawl --folder public --published https://user.github.io/digest/
//                                       a site that was built for that address
//
// The binary is target/debug/dateline, or what DATELINE_BIN names.

import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { openBrowser } from "./browser.mjs";
import { newResult, print, printTotals } from "./report.mjs";
import { DATELINE, buildSites } from "./sites.mjs";

// In this order: Lighthouse wants the machine for itself, and what takes long comes last.
const CHECKS = ["lighthouse", "weight", "nu", "data", "shells", "crawl", "layout", "axe", "preview"];
const WITH_OWN_SITES = ["crawl", "preview"];
// Nothing here takes this long unless it hangs.
const TIME_LIMIT = 15 * 60_000;

const { values: options, positionals } = parseArgs({
    allowPositionals: true,
    options: { site: { type: "string", multiple: true }, case: { type: "string" }, folder: { type: "string" }, published: { type: "string" } },
});
const unknown = positionals.filter((name) => !CHECKS.includes(name));
if (unknown.length) stop(`no check ${unknown.join(", ")}; there are ${CHECKS.join(", ")}`);
if (!existsSync(DATELINE)) stop(`${DATELINE} is not there: run cargo build, or name the binary in DATELINE_BIN`);

const temp = await mkdtemp(join(tmpdir(), "dateline-web-"));
const servers = [];
let browser;
let ending = false;

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.once(signal, () => end(130));
setTimeout(() => {
    console.error(`web: stopped after ${TIME_LIMIT / 60_000} minutes`);
    end(1);
}, TIME_LIMIT).unref();

try {
    const results = await runAll(CHECKS.filter((name) => !positionals.length || positionals.includes(name)));
    printTotals(results);
    await end(results.some((result) => result.counts.failed) ? 1 : 0);
} catch (error) {
    console.error(`web: ${error.stack ?? error}`);
    await end(1);
}

async function runAll(names) {
    const sites = names.some((name) => !WITH_OWN_SITES.includes(name)) ? await buildSites(temp, servers, options.site) : [];
    browser = await openBrowser(join(temp, "profile"));
    const requests = newResult("requests");
    const web = { browser, requests, idleTabs: [] };
    const results = [];
    for (const name of names) {
        const check = await import(`./checks/${name}.mjs`);
        const result = newResult(name);
        const started = performance.now();
        try {
            await check.run({ sites, result, web, temp, servers, only: options.case, ...options });
        } catch (error) {
            // The other checks still have something to say.
            result.add({}, [{ kind: "the check itself failed", what: error.stack ?? String(error) }]);
        }
        print(result, (performance.now() - started) / 1000);
        results.push(result);
    }
    // What all the visits asked for; nu and lighthouse open their pages themselves.
    print(requests, 0);
    return [...results, requests];
}

// On every way out: no browser, server or folder stays behind.
async function end(status) {
    // Closing the browser fails the check that runs, which ends the run once more.
    if (ending) return;
    ending = true;
    await browser?.close().catch(() => browser.process()?.kill("SIGKILL"));
    await Promise.all(servers.map((server) => server.close()));
    await rm(temp, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    process.exit(status);
}

function stop(why) {
    console.error(`web: ${why}`);
    process.exit(2);
}

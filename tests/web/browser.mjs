// One Chromium for all checks: how it is found, started, kept away from the network, and ended.

import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { availableParallelism } from "node:os";
import puppeteer from "puppeteer-core";

const NAMES = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];
const LOAD_TIMEOUT = 30_000;

/** More tabs than cores only make one another late. */
const TABS = Math.max(2, Math.min(6, availableParallelism()));

export async function openBrowser(profile) {
    const browser = await puppeteer.launch({
        executablePath: findChromium(),
        headless: true, // Chromium's --headless=new
        userDataDir: profile,
        protocolTimeout: 120_000,
        args: [
            // Chromium refuses its sandbox to root, which is who runs tests in a container.
            ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
            "--disable-gpu",
            "--disable-quic",
            "--disable-dev-shm-usage",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            // No name resolves, so nothing leaves this machine whatever a page asks for.
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
            // Blurred edges of letters would make screenshots differ among machines.
            "--font-render-hinting=none",
        ],
    });
    return browser;
}

/**
 * Loads a page in a tab and hands it to `use`. What went wrong with its requests goes to `web.requests`: those to other
 * hosts, those that failed, errors of scripts and in the console. `options.expected` is the status of the page itself.
 *
 * Tabs are used again, since opening one takes longer than loading a page. So each visit sets all that one could have
 * changed. A tab in which something failed is not used again.
 */
export async function visit(web, site, page, options, use) {
    const tab = web.idleTabs.pop() ?? (await web.browser.newPage());
    const problems = [];
    const forget = watch(tab, site, options.expected ?? 200, problems);
    try {
        tab.setDefaultTimeout(LOAD_TIMEOUT);
        await tab.setJavaScriptEnabled(options.javascript ?? true);
        await tab.setCacheEnabled(options.cache ?? true);
        await tab.setViewport({ width: 1440, height: 900, ...options.viewport });
        await tab.emulateMediaType(options.media);
        await tab.emulateMediaFeatures([
            { name: "prefers-color-scheme", value: options.scheme ?? "light" },
            // What moves cannot be measured.
            { name: "prefers-reduced-motion", value: "reduce" },
        ]);
        if (options.before) await options.before(tab);
        await tab.goto(page.url, { waitUntil: options.waitUntil ?? "load" });
        const result = await use(tab);
        web.requests.add({ site: site.name, page: page.path }, problems);
        web.idleTabs.push(tab);
        return result;
    } catch (error) {
        await tab.close().catch(() => {});
        throw error;
    } finally {
        forget();
    }
}

/** Does `work` for every case, a few at a time. A page that cannot be looked at does not keep the others from it. */
export async function inTabs(cases, result, work) {
    const queue = [...cases];
    const worker = async () => {
        while (queue.length) {
            const next = queue.shift();
            try {
                await work(next);
            } catch (error) {
                const where = { site: next.site.name, page: next.page.path };
                result.add(where, [{ kind: "page could not be checked", what: error.message }]);
            }
        }
    };
    await Promise.all(Array.from({ length: TABS }, worker));
}

// Adds to `problems` until the function it returns is called.
function watch(tab, site, expected, problems) {
    const home = new URL(site.home);
    const listeners = {
        request(request) {
            const url = new URL(request.url());
            const inside = ["data:", "blob:", "about:"].includes(url.protocol) || url.origin === home.origin;
            if (!inside) problems.push({ kind: "request to another host", what: request.url() });
        },
        response(response) {
            const isPage = response.request().isNavigationRequest() && response.frame() === tab.mainFrame();
            if (isPage && expected >= 400 && response.status() !== expected) {
                problems.push({ kind: "status", what: `${response.status()} instead of ${expected} ${response.url()}` });
            }
            if (response.status() >= 400 && !(isPage && response.status() === expected)) problems.push({ kind: "broken request", what: `${response.status()} ${response.url()}` });
        },
        requestfailed(request) {
            problems.push({ kind: "failed request", what: `${request.failure()?.errorText} ${request.url()}` });
        },
        console(message) {
            // What a page that is not there says is said above.
            if (message.type() === "error" && expected < 400) problems.push({ kind: "error in the console", what: message.text() });
        },
        pageerror(error) {
            problems.push({ kind: "error in a script", what: String(error) });
        },
    };
    for (const [event, listener] of Object.entries(listeners)) tab.on(event, listener);
    return () => {
        for (const [event, listener] of Object.entries(listeners)) tab.off(event, listener);
    };
}

function findChromium() {
    if (process.env.CHROMIUM_BIN) return process.env.CHROMIUM_BIN;
    for (const name of NAMES) {
        for (const folder of (process.env.PATH ?? "").split(delimiter)) {
            if (existsSync(join(folder, name))) return join(folder, name);
        }
    }
    throw new Error("no Chromium found: install the package chromium, or name one in CHROMIUM_BIN");
}

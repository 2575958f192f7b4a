// A small site under `dateline serve`, and a browser that looks at it: what the checks of the preview stand on.

import { spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { DATELINE } from "./sites.mjs";

/** Longer than anything here takes, on a machine that is busy with other things as well. */
export const PATIENCE = 20_000;

const SETTINGS = `base_url = "https://example.org/digest/"
title = "The Test Digest"
menu = [{ label = "Lab", to = "/lab/" }]
`;

// A page of its own, so that the checks know every element of it.
const LAB = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{{ standing.title }}</title>
<link rel="stylesheet" href="{{ asset(path="/css/lab.css") }}">
</head>
<body>
<p id="probe" class="before">A probe</p>
{{ content }}
<p>The end</p>
</body>
</html>
`;

/** What every case begins with. */
const FILES = {
    "site.toml": SETTINGS,
    "templates/lab.html": LAB,
    "static/css/lab.css": ".before { color: rgb(200, 0, 0); }\n",
    "content/pages/lab.md": page("Lab", "First words.\n", 'template = "lab.html"\n'),
    "content/articles/dam.md": page("The dam reopens", "Water runs again.\n", "date = 2021-11-25\n"),
    "content/articles/port.md": page("The port closes", "No ship leaves.\n", "date = 2021-11-24\n"),
};

/** A Markdown file. */
export function page(title, text, keys = "") {
    return `+++\ntitle = ${JSON.stringify(title)}\n${keys}+++\n\n${text}`;
}

/**
 * Writes the site into a new folder below `temp`, with `files` in it as well, serves it, and hands all to `use`:
 * its files, its server and the tabs of a browser of its own. Nothing of it is left.
 */
export async function withPreview({ web, temp, servers }, { files = {}, options = [] }, use) {
    const folder = mkdtempSync(join(temp, "preview-"));
    const site = filesOf(folder);
    for (const [name, text] of Object.entries({ ...FILES, ...files })) site.write(name, text);
    const server = await startServer(folder, options);
    servers.push(server);
    const context = await web.browser.createBrowserContext();
    const tabs = [];
    const openOne = async (path, before) => {
        const tab = await openTab(context, server.home + path, before);
        tabs.push(tab);
        return tab;
    };
    try {
        await use({ ...site, server, home: server.home, context, openTab: openOne });
        const thrown = tabs.flatMap((tab) => tab.errors);
        if (thrown.length) throw new Error(`a page threw: ${thrown.join("; ")}`);
    } finally {
        await context.close().catch(() => {});
        await server.close();
        rmSync(folder, { recursive: true, force: true });
    }
}

// Files are written at once, as an editor does.
function filesOf(folder) {
    const at = (name) => join(folder, name);
    const write = (name, data) => {
        mkdirSync(dirname(at(name)), { recursive: true });
        writeFileSync(at(name), data);
    };
    return {
        folder,
        write,
        edit: (name, change) => write(name, change(readFileSync(at(name), "utf8"))),
        remove: (name) => rmSync(at(name), { recursive: true }),
        rename: (name, other) => renameSync(at(name), at(other)),
        copy: (name, other) => cpSync(at(name), at(other), { recursive: true }),
    };
}

/** Starts `dateline serve`. It is there when this returns. */
export async function startServer(folder, options = []) {
    const process = spawn(DATELINE, ["-C", folder, "serve", ...(options.includes("--port") ? [] : ["--port", "0"]), ...options]);
    const ended = new Promise((resolve) => process.once("close", resolve));
    let said = "";
    const address = new Promise((resolve, reject) => {
        const hear = (text) => {
            said += text;
            const found = /Serving at (\S+)/.exec(said);
            if (found) resolve(found[1]);
        };
        for (const stream of [process.stdout, process.stderr]) stream.setEncoding("utf8").on("data", hear);
        process.once("error", reject);
        ended.then(() => reject(new Error(`the preview has ended: ${said}`)));
    });
    // The browser of these tests resolves no names.
    const home = new URL(await address);
    home.hostname = "127.0.0.1";
    return {
        home: home.href,
        port: home.port,
        async close(signal = "SIGINT") {
            process.kill(signal);
            const late = setTimeout(() => process.kill("SIGKILL"), 5_000);
            await ended;
            clearTimeout(late);
        },
    };
}

/** Opens a tab and waits until the page follows along. `window.kept` is there as long as the page is not loaded again. */
async function openTab(context, url, before) {
    const tab = await context.newPage();
    tab.setDefaultTimeout(PATIENCE);
    tab.errors = [];
    tab.on("pageerror", (error) => tab.errors.push(error.message));
    if (before) await before(tab);
    await tab.goto(url);
    await isFollowing(tab);
    await tab.evaluate(() => (window.kept = true));
    return tab;
}

export async function isFollowing(tab) {
    await until(tab, () => document.querySelector("dateline-preview").shadowRoot.querySelector(".panel").hasAttribute("data-ready"));
}

/**
 * Waits until `condition` holds in the page. Tabs behind others draw nothing, so it is asked by the clock. Of a page that is
 * still being read parts are missing; what it fails on then is not there yet.
 */
export async function until(tab, condition, ...values) {
    const asked = new Function("...values", `try { return (${condition})(...values); } catch { return false; }`);
    try {
        await tab.waitForFunction(asked, { polling: 25, timeout: PATIENCE }, ...values);
    } catch (error) {
        const is = await tab.evaluate(() => `${location.pathname}: ${document.body.innerText.slice(0, 200)}`).catch(String);
        throw new Error(`never: ${condition} with ${JSON.stringify(values)}; ${error.message.slice(0, 60)}; ${is}`);
    }
}

/** Waits until `condition` holds of what only the outside can see, such as what is drawn. */
export async function eventually(condition) {
    const end = performance.now() + PATIENCE;
    while (!(await condition())) {
        if (performance.now() > end) throw new Error(`never: ${condition}`);
    }
}

/** Waits until the page says `text`. */
export const says = (tab, text) => until(tab, (text) => document.body.innerText.includes(text), text);

/** Waits until the panel has (or has not) an element that is seen and says `text`. */
export const panelSays = (tab, selector, text) => until(tab, (selector, text) => {
    const elements = [...document.querySelector("dateline-preview").shadowRoot.querySelectorAll(selector)];
    const seen = elements.filter((element) => element.checkVisibility({ visibilityProperty: true }));
    return text === null ? !seen.length : seen.some((element) => element.textContent.includes(text));
}, selector, text);

export const panelIsWithout = (tab, selector) => panelSays(tab, selector, null);

/** Whether the page is still the one that was opened. */
export const isKept = (tab) => tab.evaluate(() => window.kept === true);

/** Holds a request back for a while, as a slow network does. */
export async function delay(tab, pattern, milliseconds) {
    await tab.setRequestInterception(true);
    tab.on("request", (request) => {
        const slow = pattern.test(request.url());
        setTimeout(() => request.continue().catch(() => {}), slow ? milliseconds : 0);
    });
}

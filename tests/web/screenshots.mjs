// Takes the pictures of the sample site that the documentation shows, into docs/images/. Called by scripts/screenshots.

import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { openBrowser, visit } from "./browser.mjs";
import { isFollowing, panelSays, startServer } from "./preview.mjs";
import { newResult } from "./report.mjs";
import { buildSites, readable } from "./sites.mjs";

const IMAGES = resolve(import.meta.dirname, "../../docs/images");
const WIDE = { width: 1440, height: 1600 };
const PHONE = { width: 390, height: 844, deviceScaleFactor: 2 };
// Readers of the documentation load these, and photographs make PNG heavy.
const JPEG_QUALITY = 85;

const PICTURES = [
    { name: "front-page", kind: "front page", viewport: WIDE },
    { name: "article", kind: "article", viewport: WIDE, pick: illustrated },
    { name: "date-page", kind: "day", viewport: WIDE, pick: fullest },
    { name: "phone", kind: "front page", viewport: PHONE },
    { name: "dark", kind: "front page", viewport: WIDE, scheme: "dark" },
    { name: "right-to-left", site: "rtl", kind: "article", lang: "ar", title: /\p{Script=Arabic}/u, viewport: WIDE },
    { name: "tags", kind: "all tags", viewport: WIDE },
    { name: "archive", kind: "archive", viewport: WIDE },
];

const temp = await mkdtemp(join(tmpdir(), "dateline-screenshots-"));
const servers = [];
let browser;
try {
    const sites = await buildSites(temp, servers, ["sample", "rtl"]);
    browser = await openBrowser(join(temp, "profile"));
    const web = { browser, requests: newResult("requests"), idleTabs: [] };
    await mkdir(IMAGES, { recursive: true });
    for (const picture of PICTURES) console.log(await take(web, sites, picture));
    console.log(await takePreview(join(temp, "sample")));
} finally {
    await browser?.close();
    await Promise.all(servers.map((server) => server.close()));
    await rm(temp, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}

async function take(web, sites, { name, site: siteName = "sample", kind, lang = "en", title = /./, viewport, scheme, pick = first }) {
    const site = sites.find((site) => site.name === siteName);
    const fitting = readable(site).filter((page) => page.kind === kind && page.lang === lang && title.test(page.title));
    const page = await pick(web, site, fitting);
    return visit(web, site, page, { viewport, scheme }, async (tab) => {
        const file = join(IMAGES, `${name}.jpg`);
        await tab.screenshot({ path: file, type: "jpeg", quality: JPEG_QUALITY });
        return `${file}  ${Math.round((await stat(file)).size / 1000)} kB  ${page.path}`;
    });
}

/** The preview of the sample, with a mistake in two articles. */
async function takePreview(folder) {
    const edit = async (name, from, to) => {
        const file = join(folder, "content/articles/2021/11", name);
        await writeFile(file, (await readFile(file, "utf8")).replace(from, to));
    };
    const server = await startServer(folder);
    servers.push(server);
    const tab = await browser.newPage();
    await tab.setViewport({ width: 1280, height: 800 });
    await tab.emulateMediaFeatures([{ name: "prefers-reduced-motion", value: "reduce" }]);
    await tab.goto(`${server.home}2021/11/24/channel-crossing-deaths/`);
    await isFollowing(tab);
    await edit("channel-crossing-deaths.md", "date = 2021-11-24", "date = 2021-11-31");
    await edit("meta-told-to-sell-giphy.md", "section =", "secton =");
    await panelSays(tab, "[role=alertdialog]", "2 errors");
    const file = join(IMAGES, "preview.jpg");
    await tab.screenshot({ path: file, type: "jpeg", quality: JPEG_QUALITY });
    return `${file}  ${Math.round((await stat(file)).size / 1000)} kB`;
}

function first(_web, _site, pages) {
    return pages[0];
}

/** The page with a photograph, and of these the one that says most about where its story comes from. */
function illustrated(web, site, pages) {
    return most(web, site, pages, "main:has(figure img[srcset]) .provenance dd");
}

/** The page with the most articles. */
function fullest(web, site, pages) {
    return most(web, site, pages, "main :is(h2, h3) a");
}

async function most(web, site, pages, selector) {
    let best = { count: -1 };
    for (const page of pages) {
        const count = await visit(web, site, page, {}, (tab) => tab.$$eval(selector, (elements) => elements.length));
        if (count > best.count) best = { count, page };
    }
    return best.page;
}

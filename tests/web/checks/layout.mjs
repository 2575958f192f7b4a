// How pages are laid out: nothing scrolls sideways, nothing overlaps, is cut off or too small to read. Each kind of page
// is tried on a phone, a tablet and a desk, with text twice as large, without scripts, and in print.
//
// What is looked for is in ../in-page.js.

import { readFile } from "node:fs/promises";
import { inflateSync } from "node:zlib";
import { inTabs, visit } from "../browser.mjs";
import { keyPages } from "../sites.mjs";

const IN_PAGE = await readFile(new URL("../in-page.js", import.meta.url), "utf8");
const SCREENS = [
    { width: 320, height: 640 },
    { width: 768, height: 1024 },
    { width: 1440, height: 900 },
];
// A4 less Chromium's margins, at 96 px to the inch.
const SHEET = { width: 718, height: 1000 };
const LARGE_TEXT = "html { font-size: 200% !important }";
const SMALLEST_PDF = 4_000;

export async function run({ sites, result, web }) {
    const cases = sites.flatMap((site) =>
        keyPages(site).flatMap((page) => [true, false].map((javascript) => ({ site, page, javascript }))));
    await inTabs(cases, result, async ({ site, page, javascript }) => {
        const headline = page.kind === "article";
        const add = (setting, problems) => {
            const settings = javascript ? setting : `${setting}, no scripts`;
            result.add({ site: site.name, page: page.path, setting: settings }, problems);
        };
        await visit(web, site, page, { javascript, viewport: SCREENS[0] }, async (tab) => {
            await tab.evaluate(IN_PAGE);
            for (const largeText of [false, true]) {
                if (largeText) await addStyle(tab, LARGE_TEXT);
                for (const screen of SCREENS) {
                    await resize(tab, screen);
                    const problems = await inspect(tab, { smallText: !largeText, headline });
                    if (!largeText) problems.push(...(await wrongDirection(tab, site, page)));
                    add(`${screen.width} px${largeText ? ", large text" : ""}`, problems);
                }
            }
        });
        // Scripts do not matter on paper.
        if (javascript) await visit(web, site, page, { viewport: SHEET, media: "print" }, async (tab) => add("print", await inPrint(tab, headline)));
    });
}

const inspect = (tab, options) => tab.evaluate((given) => datelineTests.layout(given), options);

async function inPrint(tab, headline) {
    await tab.evaluate(IN_PAGE);
    const problems = await inspect(tab, { smallText: false, headline });
    const pdf = Buffer.from(await tab.pdf({ format: "A4" }));
    const pages = pdf.toString("latin1").match(/\/Type\s*\/Page\b/g)?.length ?? 0;
    const texts = textsIn(pdf);
    if (!pages || !texts || pdf.length < SMALLEST_PDF) {
        problems.push({ kind: "poor PDF", what: `${pages} pages, ${texts} pieces of text, ${pdf.length} bytes` });
    }
    return problems;
}

// How often the compressed streams of a PDF show text, with the operators Tj and TJ.
function textsIn(pdf) {
    let count = 0;
    for (let at = pdf.indexOf("stream\n"); at >= 0; at = pdf.indexOf("stream\n", at + 1)) {
        try {
            count += inflateSync(pdf.subarray(at + 7)).toString("latin1").match(/\bT[jJ]\b/g)?.length ?? 0;
        } catch {
            // "endstream", or a stream that is not compressed: a picture, a font.
        }
    }
    return count;
}

async function wrongDirection(tab, site, page) {
    const { direction, lang } = await tab.evaluate(() => ({
        direction: getComputedStyle(document.documentElement).direction,
        lang: document.documentElement.lang,
    }));
    const expected = /^(ar|ur|fa|he)\b/.test(lang) ? "rtl" : "ltr";
    const problems = [];
    if (direction !== expected) problems.push({ kind: "direction", what: `${lang} runs ${direction}` });
    if (site.direction && page.kind !== "article" && direction !== site.direction) {
        problems.push({ kind: "direction", what: `${direction} on a site that runs ${site.direction}` });
    }
    return problems;
}

// Not tab.addStyleTag: it waits for an event, which never comes without scripts.
const addStyle = (tab, css) =>
    tab.evaluate((text) => {
        const style = document.createElement("style");
        style.textContent = text;
        document.head.append(style);
    }, css);

// The window takes a moment to follow.
async function resize(tab, screen) {
    await tab.setViewport(screen);
    for (let tries = 0; tries < 50; tries++) {
        if ((await tab.evaluate(() => innerWidth)) === screen.width) return;
        await new Promise((resolve) => setTimeout(resolve, 20));
    }
    throw new Error(`the window did not become ${screen.width} px wide`);
}
